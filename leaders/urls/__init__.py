"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import (
    applications,
    assignments,
    catalogue,
    cohorts,
    mentoring,
    projects,
    selection,
    team,
)

NOUNS = (
    catalogue,
    cohorts,
    team,
    applications,
    selection,
    assignments,
    mentoring,
    projects,
)
urlpatterns = [pattern for noun in NOUNS for pattern in noun.urlpatterns]
