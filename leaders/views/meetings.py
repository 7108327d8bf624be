"""The meetings of a cohort, what they read, and the calendar of a person."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.forms.fields import LONGEST_KEY
from portal.views.deeds import deed
from resources.models import Material

from .. import actions
from ..calendar import calendar_of
from ..forms.meetings import CancelForm, MaterialForm, MeetingForm
from ..models import AttendanceMark, CalendarFeed, Cohort, CohortMaterial, Meeting
from ..moves import MoveRefused
from ..querysets.roles import MANAGER, TRAINER
from .assignments import seat_of, trail_of
from .frame import entered_cohort, frame


def meetings_step(cohort: Cohort) -> tuple[str, str]:
    return _("Meetings"), f"/leaders/{cohort.pk}/meetings/"


@login_required
def meetings(request, pk: int):
    """Coming ones first, each with where it is; to a participant with whether she was there."""
    cohort, standing = entered_cohort(request, pk)
    seat, now = standing.enrolment, timezone.now()
    rows = list(Meeting.objects.visible_to(request.user).filter(cohort=cohort).select_related("trainer").prefetch_related(own_marks(seat)))
    context = {
        "coming": [row for row in rows if row.ends_at > now],
        "over": [row for row in reversed(rows) if row.ends_at <= now],
        "seat": seat,
        "plans": standing.teaches,
        "materials": materials_of(request.user, cohort=cohort, meeting=None),
        "feed": feed_of(request),
    }
    return render(request, "leaders/meetings/list.html", frame(cohort, standing, "meetings") | context)


def own_marks(seat) -> Prefetch:
    return Prefetch("marks", AttendanceMark.objects.current().filter(enrolment=seat), to_attr="own_marks")


def feed_of(request) -> str:
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return request.build_absolute_uri(f"/calendar/{feed.key}.ics") if feed else ""


def materials_of(user, **where) -> list[CohortMaterial]:
    """In their order, those alone that she may open; each knows whether she may take it away."""
    seen = Material.objects.visible_to(user).published()
    rows = CohortMaterial.objects.visible_to(user).filter(material__in=seen.order_by().values("pk"), **where)
    shown = list(rows.select_related("material"))
    taken = set(CohortMaterial.objects.editable_by(user).filter(pk__in=[row.pk for row in shown]).order_by().values_list("pk", flat=True))
    for row in shown:
        row.is_hers = row.pk in taken
    return shown


@login_required
def meeting(request, pk: int):
    rows = Meeting.objects.visible_to(request.user).select_related("cohort__version__programme", "trainer")
    shown = get_object_or_404(rows, pk=pk)
    seat = seat_of(request.user, shown.cohort)
    now = timezone.now()
    context = {
        "meeting": shown,
        "mark": shown.marks.current().filter(enrolment=seat).first() if seat else None,
        "keeps": Meeting.objects.editable_by(request.user).filter(pk=pk).exists(),
        "is_open": shown.takes_place and shown.opens_at <= now <= shown.ends_at,
        "is_over": shown.ends_at < now,
        "materials": materials_of(request.user, meeting=shown),
        "trail": trail_of(shown.cohort, meetings_step(shown.cohort)),
    }
    return render(request, "leaders/meetings/meeting.html", context)


@login_required
def new_meeting(request, pk: int):
    cohort = get_object_or_404(Cohort.objects.taught_by(request.user), pk=pk)
    form = MeetingForm(request.POST or None, cohort=cohort, user=request.user, initial={"language": (cohort.languages or ["kk"])[0]})
    if request.method == "POST" and form.is_valid():
        made = actions.plan_meeting(request.user, cohort, **form.cleaned_data)
        messages.success(request, _("The meeting is planned."))
        return redirect("meeting", made.pk)
    context = {"form": form, "trail": trail_of(cohort, meetings_step(cohort))}
    return render(request, "leaders/meetings/edit.html", context, status=422 if form.errors else 200)


def kept_meeting(request, pk: int) -> Meeting:
    """One that she may change."""
    return get_object_or_404(Meeting.objects.editable_by(request.user).select_related("cohort__version__programme", "trainer"), pk=pk)


@login_required
def edit_meeting(request, pk: int):
    shown = kept_meeting(request, pk)
    form = MeetingForm(request.POST or None, instance=shown, cohort=shown.cohort, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(request.user, shown, **form.cleaned_data)
        except MoveRefused:
            messages.error(request, _("This meeting was cancelled: it stays as it is."))
        else:
            messages.success(request, _("Saved."))
        return redirect("meeting", pk)
    context = {"form": form, "meeting": shown, "marked": shown.marks.current().count(), "trail": trail_to(shown)}
    return render(request, "leaders/meetings/edit.html", context, status=422 if form.errors else 200)


def trail_to(meeting: Meeting) -> list[dict]:
    return trail_of(meeting.cohort, meetings_step(meeting.cohort), (meeting.title, meeting.address))


@login_required
def cancel_meeting(request, pk: int):
    shown = kept_meeting(request, pk)
    form = CancelForm(request.POST or None)
    if not shown.is_planned:
        return redirect("meeting", pk)
    if request.method == "POST" and form.is_valid():
        # Where somebody was faster it is cancelled all the same.
        with suppress(MoveRefused):
            actions.cancel_meeting(request.user, shown, reason=form.cleaned_data["reason"])
        messages.success(request, _("The meeting is cancelled, and those who wanted to come are told."))
        return redirect("meeting", pk)
    context = {"form": form, "meeting": shown, "trail": trail_to(shown)}
    return render(request, "leaders/meetings/cancel.html", context, status=422 if form.errors else 200)


# What they read


@login_required
def add_material(request, pk: int):
    cohort = get_object_or_404(Cohort.objects.with_team_role(request.user, MANAGER, TRAINER), pk=pk)
    return put_material(request, cohort, None)


@login_required
def add_meeting_material(request, pk: int):
    shown = kept_meeting(request, pk)
    return put_material(request, shown.cohort, shown)


def put_material(request, cohort: Cohort, meeting: Meeting | None):
    form = MaterialForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.put_material(request.user, cohort, form.cleaned_data["address"], meeting=meeting)
        messages.success(request, _("The material is in the list."))
        return redirect("meeting", meeting.pk) if meeting else redirect("meetings", cohort.pk)
    context = {"form": form, "trail": trail_to(meeting) if meeting else trail_of(cohort, meetings_step(cohort))}
    return render(request, "leaders/meetings/add_material.html", context, status=422 if form.errors else 200)


@deed
def drop_material(request, pk: int):
    row = get_object_or_404(CohortMaterial.objects.editable_by(request.user), pk=pk)
    actions.drop_material(request.user, row)
    return redirect("meeting", row.meeting_id) if row.meeting_id else redirect("meetings", row.cohort_id)


# The calendar


@deed
def renew_calendar(request):
    actions.renew_calendar(request.user)
    messages.success(request, _("Your calendar has an address now; an older one answers no more."))
    came_from = request.POST.get("cohort", "")
    return redirect("meetings", int(came_from)) if came_from.isdecimal() and len(came_from) <= LONGEST_KEY else redirect("start")


@require_safe
@cache_control(private=True, max_age=300)
def calendar_feed(request, key: str):
    """A calendar has no session: whoever knows the address is taken for whose it is, and reads nothing but meetings."""
    feed = CalendarFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()
    if not feed:
        raise Http404
    with override(feed.user.interface_language):
        made = calendar_of(feed.user).to_ical()
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
