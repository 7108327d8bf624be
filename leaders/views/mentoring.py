"""Mentors and the people they accompany."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.models import User
from portal.views.deeds import deed

from .. import actions
from ..forms.mentoring import AgreementForms, MeetingForm
from ..models import Agreement, Cohort, Enrolment, MentorLink, MentorMeeting
from ..querysets.roles import MENTOR, SEATED
from .assignments import trail_of
from .frame import entered_cohort, frame

ACCOMPANIED = ("enrolled", "active", "paused")


@login_required
def mentees(request):
    """Those she accompanies now, the ones whose milestone waits for her word first; behind them those whose course is over."""
    links = MentorLink.objects.held_by(request.user).filter(enrolment__state__in=SEATED)
    rows = links.select_related("enrolment__user", "enrolment__cohort", "enrolment__school", "enrolment__project").annotate(
        waiting=Count("enrolment__project__milestones", filter=Q(enrolment__project__milestones__state="submitted"), distinct=True),
        met_on=Max("enrolment__mentor_meetings__held_on"),
    )
    links = sorted(rows, key=lambda link: (not link.waiting, link.enrolment.user.sort_key if link.enrolment.user else ""))
    now = [link for link in links if link.enrolment.state in ACCOMPANIED]
    context = {"links": now, "past": [link for link in links if link not in now]}
    return render(request, "leaders/mentoring/mentees.html", context)


@login_required
def mentors(request, pk: int):
    """Who accompanies whom in a cohort; its managers decide."""
    cohort, standing = entered_cohort(request, pk)
    if not standing.is_manager:
        raise Http404
    seats = accompanied_seats(request, cohort)
    known = dict(MentorLink.objects.current().filter(enrolment__cohort=cohort).values_list("enrolment", "mentor"))
    team = list(mentors_of(cohort).order_by("sort_key"))
    rows = [(seat, known.get(seat.pk)) for seat in seats.select_related("user", "school").order_by("user__sort_key", "pk")]
    context = {"rows": rows, "mentors": team}
    return render(request, "leaders/mentoring/mentors.html", frame(cohort, standing, "mentors") | context)


def accompanied_seats(request, cohort: Cohort) -> QuerySet:
    """Whom a mentor is given to."""
    return Enrolment.objects.editable_by(request.user).filter(cohort=cohort, state__in=ACCOMPANIED, user__isnull=False)


def mentors_of(cohort: Cohort) -> QuerySet:
    return User.objects.filter(cohort_roles__cohort=cohort, cohort_roles__name=MENTOR, cohort_roles__until=None)


@deed
def give_mentors(request, pk: int):
    """All that were chosen anew on the page, at once; a page left open undoes nothing."""
    cohort = get_object_or_404(Cohort.objects.managed_by(request.user), pk=pk)
    by_text = {str(person.pk): person for person in mentors_of(cohort)}
    for seat in accompanied_seats(request, cohort).select_related("user", "cohort"):
        before, value = request.POST.get(f"was-{seat.pk}"), request.POST.get(f"seat-{seat.pk}")
        if value not in (None, before) and (value == "" or value in by_text):
            actions.give_mentor(request.user, seat, by_text.get(value))
    messages.success(request, _("Saved."))
    return redirect("mentors", pk)


def of_the_two(request, pk: int) -> tuple[Enrolment, bool]:
    """The participant, or whoever accompanies her now; the second says whether it is the mentor."""
    seat = get_object_or_404(Enrolment.objects.seated().of_the_two(request.user).select_related("user", "cohort"), pk=pk)
    return seat, seat.user_id != request.user.pk


@login_required
def mentoring(request, pk: int):
    """What was talked about and agreed, for the two alone."""
    seat, is_mentor = of_the_two(request, pk)
    meetings = MentorMeeting.objects.visible_to(request.user).filter(enrolment=seat).select_related("mentor")
    meetings = list(meetings.prefetch_related("agreements"))
    link = MentorLink.objects.current().filter(enrolment=seat).select_related("mentor").first()
    context = {
        "seat": seat,
        "mentor": link and link.mentor,
        "is_mentor": is_mentor,
        "meetings": meetings,
        "open": [agreement for meeting in meetings for agreement in meeting.agreements.all() if not agreement.done_at],
        "trail": trail_of(seat.cohort),
    }
    return render(request, "leaders/mentoring/meetings.html", context)


@login_required
def record_mentor_meeting(request, pk: int):
    seat, is_mentor = of_the_two(request, pk)
    if not is_mentor:
        raise Http404
    return meeting_written(request, seat, None)


@login_required
def edit_mentor_meeting(request, pk: int):
    meeting = get_object_or_404(MentorMeeting.objects.editable_by(request.user).select_related("enrolment"), pk=pk)
    return meeting_written(request, meeting.enrolment, meeting)


def meeting_written(request, seat: Enrolment, meeting: MentorMeeting | None):
    first = {"held_on": meeting.held_on, "minutes": meeting.minutes, "notes": meeting.notes} if meeting else {"minutes": 60}
    form = MeetingForm(request.POST or None, initial=first)
    lines = AgreementForms(request.POST or None, prefix="agreement")
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        agreements = [line for line in lines.cleaned_data if line.get("text")]
        try:
            actions.record_meeting(request.user, seat, meeting=meeting, agreements=agreements, **form.cleaned_data)
        except PermissionDenied:
            messages.info(request, _("You do not accompany this participant any more."))
            return redirect("mentees")
        return redirect("mentoring", seat.pk)
    context = {"form": form, "lines": lines, "seat": seat, "meeting": meeting, "trail": trail_of(seat.cohort)}
    return render(request, "leaders/mentoring/edit.html", context, status=422 if form.errors or any(lines.errors) else 200)


@deed
def settle_agreement(request, pk: int):
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    actions.settle_agreement(request.user, agreement, done="done" in request.POST)
    return redirect("mentoring", agreement.meeting.enrolment_id)
