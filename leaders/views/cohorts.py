from django.shortcuts import get_object_or_404, render

from portal.models.people import LANGUAGES

from ..models import Cohort, ProgrammeVersion, Requirement


def cohort(request, pk: int):
    """What is known of it to everybody: when, where, for how many, how people are selected and what is asked of them."""
    rows = Cohort.objects.visible_to(request.user).select_related("version__programme", "region")
    shown = get_object_or_404(rows, pk=pk)
    context = {
        "cohort": shown,
        "programme": shown.version.programme,
        "languages": [label for code, label in LANGUAGES if code in shown.languages],
        "stages": shown.stages.all(),
        "requirements": tree_of(shown.version),
    }
    return render(request, "leaders/cohort.html", context)


def tree_of(version: ProgrammeVersion) -> list[Requirement]:
    """What the whole asks for; each knows the ones `below` it."""
    rows = list(version.requirements.all())
    for row in rows:
        row.below = [other for other in rows if other.parent_id == row.pk]
    return [part for row in rows if row.parent_id is None for part in row.below]
