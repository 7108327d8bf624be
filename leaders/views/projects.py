"""The change project of a participant: its page, its numbers, its team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.views.deeds import deed

from .. import actions
from ..actions.projects import may_join
from ..chart import chart_of, share_of_way
from ..forms.projects import IndicatorForm, MemberForm, ProjectForm, ResultForm
from ..models import ChangeProject, Enrolment, Indicator, Measurement, MentorLink, ProjectMember
from ..moves import MoveRefused
from ..querysets.roles import SEATED
from .assignments import trail_of


def lacking(refusal: actions.NotReady) -> str:
    """What a project lacks for its next step, said to whose it is."""
    words = {
        "problem": _("Describe the problem first."),
        "indicator": _("Say first by which number the change will be seen: where it begins and where it is to go."),
        "result": _("Write down a result for each indicator first."),
        "milestones": _("The milestones of the programme have to be accepted first."),
        "begin": _("Begin the project first."),
    }
    return " ".join(words[name] for name in refusal.missing)


def own_project(request, pk: int) -> ChangeProject:
    rows = ChangeProject.objects.editable_by(request.user).select_related("enrolment__cohort", "school")
    return get_object_or_404(rows, pk=pk)


def trail_to(shown: ChangeProject, *steps: tuple[str, str]) -> list[dict]:
    """Whoever joined a team has no way through the cohort."""
    return [{"label": label, "url": f"/{get_language()}{address}"} for label, address in ((shown.title or "…", shown.address), *steps)]


@login_required
def start_project(request, pk: int):
    """From the participant's seat: to her project, or to its first words."""
    seat = get_object_or_404(Enrolment.objects.of(request.user).seated().select_related("cohort"), pk=pk)
    if known := ChangeProject.objects.editable_by(request.user).filter(enrolment=seat).first():
        return redirect("project", known.pk)
    form = ProjectForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("project", actions.start_project(request.user, seat, **form.cleaned_data).pk)
        except actions.NoSchool:
            form.add_error(None, _("Say in your profile where you work first: the project changes something in your school."))
    context = {"form": form, "trail": trail_of(seat.cohort)}
    return render(request, "leaders/projects/edit.html", context, status=422 if form.errors else 200)


@login_required
def project(request, pk: int):
    rows = ChangeProject.objects.visible_to(request.user).select_related("enrolment__user", "enrolment__cohort", "school", "story")
    shown = get_object_or_404(rows, pk=pk)
    link = MentorLink.objects.current().filter(enrolment=shown.enrolment_id).select_related("mentor").first()
    seat = shown.enrolment
    is_own = seat.user_id == request.user.pk
    members = list(shown.members.select_related("user"))
    is_member = any(member.user_id == request.user.pk for member in members)
    story = getattr(shown, "story", None)
    context = {
        "project": shown,
        "seat": seat,
        # Who has left the cohort reads it, and changes nothing more
        "is_mine": is_own and seat.state in SEATED,
        "is_member": is_member,
        "mentor": link and link.mentor,
        "indicators": with_charts(shown.indicators.prefetch_related("measurements")),
        "milestones": shown.milestones.all(),
        "members": members,
        "story": story if story and (is_own or is_member or story.state == "published") else None,
        "trail": [] if is_member else trail_of(seat.cohort),
    }
    return render(request, "leaders/projects/project.html", context)


def with_charts(indicators) -> list[Indicator]:
    rows = list(indicators)
    for row in rows:
        measured = list(row.measurements.all())
        row.rows = sorted(measured, key=lambda one: (one.kind == "target", one.kind == "result", one.on))
        row.chart, row.share = chart_of(measured), share_of_way(measured)
    return rows


@login_required
def edit_project(request, pk: int):
    shown = own_project(request, pk)
    form = ProjectForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        actions.change_project(request.user, shown, **form.cleaned_data)
        return redirect("project", pk)
    context = {"form": form, "project": shown, "trail": trail_to(shown)}
    return render(request, "leaders/projects/edit.html", context, status=422 if form.errors else 200)


@deed
def move_project(request, pk: int):
    shown = own_project(request, pk)
    try:
        actions.move_project(request.user, shown, request.POST.get("to", ""))
    except actions.NotReady as refusal:
        messages.error(request, lacking(refusal))
    except MoveRefused:
        messages.info(request, _("Nothing was changed: somebody else was faster, or the page was old."))
    return redirect("project", pk)


# Numbers


def own_indicator(request, pk: int) -> Indicator:
    return get_object_or_404(Indicator.objects.editable_by(request.user).select_related("project"), pk=pk)


@login_required
def new_indicator(request, pk: int):
    return indicator_written(request, own_project(request, pk), None)


@login_required
def edit_indicator(request, pk: int):
    indicator = own_indicator(request, pk)
    return indicator_written(request, indicator.project, indicator)


def indicator_written(request, shown: ChangeProject, indicator: Indicator | None):
    form = IndicatorForm(request.POST or None, initial=standing(indicator) if indicator else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_indicator(request.user, shown, indicator, **form.facts)
            return redirect("project", shown.pk)
        except actions.TargetIsWhereItBegan:
            form.add_error("target_value", _("The target has to be better than where it begins, the way you have chosen."))
    context = {"form": form, "project": shown, "indicator": indicator, "trail": trail_to(shown)}
    return render(request, "leaders/projects/indicator.html", context, status=422 if form.errors else 200)


def standing(indicator: Indicator) -> dict:
    facts = {"name": indicator.name, "unit": indicator.unit, "better": indicator.better}
    for row in indicator.measurements.exclude(kind=Measurement.Kind.RESULT):
        facts |= {f"{row.kind}_value": row.value, f"{row.kind}_on": row.on, f"{row.kind}_source": row.source}
    return facts


@deed
def drop_indicator(request, pk: int):
    indicator = own_indicator(request, pk)
    try:
        actions.drop_indicator(request.user, indicator)
    except actions.NotReady:
        messages.error(request, _("A project that is under way keeps one indicator at least."))
    return redirect("project", indicator.project_id)


@login_required
def new_result(request, pk: int):
    indicator = own_indicator(request, pk)
    form = ResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.put_result(request.user, indicator, **form.cleaned_data)
        return redirect("project", indicator.project_id)
    context = {"form": form, "indicator": indicator, "trail": trail_to(indicator.project)}
    return render(request, "leaders/projects/result.html", context, status=422 if form.errors else 200)


@deed
def drop_result(request, pk: int):
    rows = Measurement.objects.editable_by(request.user).filter(kind=Measurement.Kind.RESULT)
    result = get_object_or_404(rows.select_related("indicator__project"), pk=pk)
    actions.drop_result(request.user, result)
    return redirect("project", result.indicator.project_id)


# The team


@login_required
def team(request, pk: int):
    shown = own_project(request, pk)
    members = list(shown.members.select_related("user"))
    colleagues = may_join(shown).exclude(pk__in=[member.user_id for member in members]).order_by("sort_key", "pk")
    form = MemberForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        actions.add_member(request.user, shown, form.cleaned_data["colleague"])
        return redirect("project_team", pk)
    context = {"form": form, "project": shown, "members": members, "has_colleagues": colleagues.exists(), "trail": trail_to(shown)}
    return render(request, "leaders/projects/team.html", context, status=422 if form.errors else 200)


@deed
def remove_member(request, pk: int, user_pk: int):
    rows = ProjectMember.objects.visible_to(request.user).select_related("project", "user")
    member = get_object_or_404(rows, project=pk, user=user_pk)
    try:
        actions.remove_member(request.user, member.project, member.user)
    except PermissionDenied as error:
        raise Http404 from error
    return redirect("start") if user_pk == request.user.pk else redirect("project_team", pk)
