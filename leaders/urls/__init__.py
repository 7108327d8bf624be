"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import applications, assignments, cohorts, selection

urlpatterns = [*cohorts.urlpatterns, *applications.urlpatterns, *selection.urlpatterns, *assignments.urlpatterns]
