"""What comboboxes offer while somebody types."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from search.find import suggest

from ..models import Objective, School

SUGGESTED = 8


@login_required
def suggest_schools(request):
    options = school_options(request, request.GET.get("q", ""))
    return render(request, "components/options.html", {"options": options, "new_label": _("My school is not in the list")})


def school_options(request, text: str) -> list[dict]:
    """What a combobox draws for the letters typed so far."""
    ids = [entry.object_id for entry in suggest("schools", text, user=request.user, limit=SUGGESTED)]
    found = School.objects.visible_to(request.user).select_related("region").in_bulk(ids)
    return [{"value": school.pk, "label": school.name, "hint": school_hint(school)} for school in (found[pk] for pk in ids if pk in found)]


def school_hint(school: School) -> str:
    return " · ".join([school.place, _("sample")]) if school.is_sample else school.place


@login_required
def suggest_objectives(request):
    """By code in any spelling (7.1.2.3, 7 1 2 3) or by words."""
    options = objective_options(request, request.GET.get("q", ""))
    return render(request, "components/options.html", {"options": options})


def objective_options(request, text: str) -> list[dict]:
    ids = [entry.object_id for entry in suggest("objectives", text, user=request.user, limit=SUGGESTED)]
    found = Objective.objects.select_related("subject").in_bulk(ids)
    return [
        {"value": objective.pk, "label": str(objective), "hint": objective_hint(objective)}
        for objective in (found[pk] for pk in ids if pk in found)
    ]


def objective_hint(objective: Objective) -> str:
    return " · ".join([str(objective.subject), _("sample")]) if objective.is_sample else str(objective.subject)
