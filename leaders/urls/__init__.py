"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import assignments, cohorts

urlpatterns = [*cohorts.urlpatterns, *assignments.urlpatterns]
