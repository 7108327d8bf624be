"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import assignments, cohorts, mentoring, projects

urlpatterns = [*cohorts.urlpatterns, *assignments.urlpatterns, *mentoring.urlpatterns, *projects.urlpatterns]
