"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import (
    applications,
    assignments,
    catalogue,
    certificates,
    cohorts,
    meetings,
    mentoring,
    mine,
    progress,
    projects,
    seats,
    selection,
    team,
)

NOUNS = (
    catalogue,
    cohorts,
    team,
    applications,
    selection,
    seats,
    meetings,
    assignments,
    mentoring,
    projects,
    progress,
    certificates,
    mine,
)
urlpatterns = [pattern for noun in NOUNS for pattern in noun.urlpatterns]
