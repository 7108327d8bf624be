"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import cohorts

urlpatterns = [*cohorts.urlpatterns]
