"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import applications, cohorts, selection

urlpatterns = [*cohorts.urlpatterns, *applications.urlpatterns, *selection.urlpatterns]
