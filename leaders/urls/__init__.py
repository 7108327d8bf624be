"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import (
    assignments,
    catalogue,
    cohorts,
    mentoring,
    projects,
    team,
)

urlpatterns = [
    *catalogue.urlpatterns,
    *cohorts.urlpatterns,
    *team.urlpatterns,
    *assignments.urlpatterns,
    *mentoring.urlpatterns,
    *projects.urlpatterns,
]
