"""One list for each noun, in the order of the road from the catalogue to the certificate."""

from . import applications, assignments, cohorts, mentoring, progress, projects, selection

NOUNS = (
    cohorts,
    applications,
    selection,
    assignments,
    mentoring,
    projects,
    progress,
)
urlpatterns = [pattern for noun in NOUNS for pattern in noun.urlpatterns]
