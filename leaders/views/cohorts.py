"""The page of a cohort, its course inside, founding it, changing it, leading it from state to state."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial import visible_to
from portal.models import Act
from portal.models.people import LANGUAGES
from portal.views.deeds import deed

from .. import actions
from ..forms.cohorts import CohortForm, FoundingForm, MoveForm, hindrances
from ..models import Cohort, Enrolment, Meeting, ProgrammePage
from ..moves import MoveRefused
from ..requirements import tree_of
from ..steps import road_of, steps_from
from .frame import entered_cohort, frame, kept_cohort, known_cohort

# Of the meetings that come next
NEXT_SHOWN = 3


def cohort(request, pk: int):
    """What is known of it to everybody: when, where, for how many, how people are selected and what is asked of them."""
    shown, standing = known_cohort(request, pk)
    pages = ProgrammePage.objects.filter(visible_to(request.user), programme=shown.version.programme)
    context = {
        "page": pages.filter(locale__language_code=request.LANGUAGE_CODE).first(),
        "languages": [label for code, label in LANGUAGES if code in shown.languages],
        "stages": shown.stages.all(),
        "requirements": tree_of(shown.version),
        "road": road_of(shown),
        "cancelled": Act.objects.filter(verb="cohorts cancelled", source="cohorts", object_id=pk).last()
        if shown.state == "cancelled"
        else None,
    }
    return render(request, "leaders/cohorts/cohort.html", frame(shown, standing, "cohort") | context)


@login_required
def course(request, pk: int):
    """Inside: how far the course is, what comes next, who leads it, where participants talk."""
    shown, standing = entered_cohort(request, pk)
    coming = Meeting.objects.visible_to(request.user).filter(cohort=shown, ends_at__gt=timezone.now()).planned()
    team = shown.roles.current().select_related("user").exclude(name="observer")
    context = {"road": road_of(shown), "team": team, "coming": coming.select_related("trainer")[:NEXT_SHOWN]}
    if standing.enrolment and standing.enrolment.state == Enrolment.State.COMPLETED:
        context["certificate"] = standing.enrolment.certificates.valid().first()
    return render(request, "leaders/cohorts/course.html", frame(shown, standing, "cohort_course") | context)


@login_required
def found(request):
    if not request.user.is_administrator:
        raise Http404
    form = FoundingForm(request.POST or None, initial={"version": request.GET.get("version")})
    if request.method == "POST" and form.is_valid():
        made = actions.found_cohort(request.user, **form.cleaned_data)
        messages.success(request, _("The cohort is a draft: name its team, then announce it."))
        return redirect("cohort_team", made.pk)
    return render(request, "leaders/cohorts/found.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def settings(request, pk: int):
    shown, standing = kept_cohort(request, pk)
    # A form writes into its row even what is refused; the page around it shows the cohort as it is.
    form = CohortForm(request.POST or None, instance=copy(shown))
    if request.method == "POST" and form.is_valid():
        actions.change_cohort(request.user, shown, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("cohort_settings", pk)
    return draw_settings(request, shown, standing, form=form, status=422 if form.errors else 200)


def draw_settings(request, shown: Cohort, standing, *, form: CohortForm, moving: MoveForm | None = None, status: int = 200):
    opens_by_clock = shown.state == Cohort.State.PUBLISHED and shown.opens_at
    context = {"form": form, "moving": moving or MoveForm(cohort=shown), "steps": steps_from(shown)}
    context |= {"hindrances": hindrances(shown) if opens_by_clock else []}
    return render(request, "leaders/cohorts/settings.html", frame(shown, standing, "cohort_settings") | context, status=status)


@deed
def move(request, pk: int):
    shown, standing = kept_cohort(request, pk)
    form = MoveForm(request.POST, cohort=shown)
    if form.is_valid():
        try:
            moved = actions.move_cohort(request.user, shown, form.cleaned_data["to"], reason=form.cleaned_data["reason"])
        except MoveRefused:
            messages.info(request, _("Somebody else has changed the state of the cohort meanwhile."))
        except actions.Flawed:
            messages.error(request, _("Nobody could complete what the programme requires: an administrator has to mend it first."))
        else:
            messages.success(request, moved.get_state_display())
        return redirect("cohort" if form.cleaned_data["to"] in ("cancelled", "archived") else "cohort_settings", pk)
    return draw_settings(request, shown, standing, form=CohortForm(instance=shown), moving=form, status=422)
