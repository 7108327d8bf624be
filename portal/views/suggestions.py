"""What comboboxes offer while somebody types."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from search.find import suggest

from ..limits import exceeded, exceeded_from
from ..models import Objective, School
from ..offered import offered

SUGGESTED = 8
KEPT_SECONDS = 60


def suggest_anything(request):
    """For the box on every page. Guests all see the same, so what they were answered may be kept on the way."""
    user = request.user
    if exceeded("suggest", user) if user.is_authenticated else exceeded_from(request, "suggest"):
        return HttpResponse(status=429)
    answer = render(request, "components/search_options.html", {"groups": offered(request.GET.get("q", ""), user)})
    patch_cache_control(answer, max_age=KEPT_SECONDS, **({"private": True} if user.is_authenticated else {"public": True}))
    patch_vary_headers(answer, ["Cookie"])
    return answer


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
