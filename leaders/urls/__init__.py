"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import assignments, cohorts, meetings, seats

urlpatterns = [*cohorts.urlpatterns, *seats.urlpatterns, *meetings.urlpatterns, *assignments.urlpatterns]
