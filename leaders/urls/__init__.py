"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import assignments, cohorts, meetings, mentoring, projects, seats

urlpatterns = [
    *cohorts.urlpatterns,
    *seats.urlpatterns,
    *meetings.urlpatterns,
    *assignments.urlpatterns,
    *mentoring.urlpatterns,
    *projects.urlpatterns,
]
