"""Who was at a meeting: by the list on a phone, by the code on the wall, by a sheet of paper."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy
from qrcode import QRCode
from qrcode.image.svg import SvgPathFillImage

from .. import actions
from ..actions.attendance import current_marks, place_at
from ..checkin import Expired, token_of
from ..models import AttendanceMark, Enrolment, Meeting
from ..moves import MoveRefused
from .meetings import kept_meeting, trail_to

Mark, Source = AttendanceMark.Mark, AttendanceMark.Source
# Four of them stand in one line on a phone
SHORT = (
    (Mark.PRESENT, pgettext_lazy("on a list of participants", "here")),
    (Mark.LATE, pgettext_lazy("on a list of participants", "late")),
    (Mark.EXCUSED, pgettext_lazy("on a list of participants", "excused")),
    (Mark.ABSENT, pgettext_lazy("on a list of participants", "absent")),
)


@login_required
def roster(request, pk: int):
    """Of each person what is noted now; sent is only what was changed, so that a page left open undoes nothing."""
    shown = kept_meeting(request, pk)
    seats = seats_at(shown)
    if request.method == "POST":
        return mark(request, shown, seats)
    known = current_marks(shown)
    context = {
        "meeting": shown,
        "rows": [(seat, known.get(seat.pk, "")) for seat in seats],
        "marks": SHORT,
        "is_early": timezone.now() < shown.opens_at,
        "source": Source.PAPER if request.GET.get("source") == Source.PAPER else Source.ROSTER,
        "trail": trail_to(shown),
    }
    return render(request, "leaders/meetings/roster.html", context)


def seats_at(meeting: Meeting) -> list[Enrolment]:
    seated = Enrolment.objects.seated().filter(cohort=meeting.cohort, user__isnull=False)
    return list(seated.select_related("user").order_by("user__sort_key", "pk"))


def mark(request, meeting: Meeting, seats: list[Enrolment]):
    source = Source.PAPER if request.POST.get("source") == Source.PAPER else Source.ROSTER
    try:
        number = actions.mark_roster(request.user, meeting, changed_marks(request.POST, meeting, seats), source=source)
    except actions.TooEarly:
        messages.error(request, _("The meeting has not begun: until then somebody can only be excused."))
    except MoveRefused:
        messages.error(request, _("This meeting was cancelled: it stays as it is."))
    else:
        messages.success(request, _("Saved: %(number)s") % {"number": number})
    return redirect("roster", meeting.pk)


def changed_marks(sent, meeting: Meeting, seats: list[Enrolment]) -> dict[int, str]:
    """The button for all others counts for those alone of whom nothing is noted by now, and who have not interrupted the course."""
    known = current_marks(meeting)
    rest = sent.get("rest") if sent.get("rest") in Mark.values else ""
    changed = {}
    for seat in seats:
        is_rest = seat.pk not in known and seat.state != Enrolment.State.PAUSED
        before, now = sent.get(f"was-{seat.pk}", ""), sent.get(f"mark-{seat.pk}", "") or (rest if is_rest else "")
        if now != before and now in Mark.values:
            changed[seat.pk] = now
    return changed


@login_required
def sheet(request, pk: int):
    """A list to print, to be signed by hand."""
    shown = kept_meeting(request, pk)
    return render(request, "leaders/meetings/sheet.html", {"meeting": shown, "rows": seats_at(shown), "trail": trail_to(shown)})


@login_required
def qr(request, pk: int):
    """Shown on the wall; the code on it is another one every minute."""
    shown, now = kept_meeting(request, pk), timezone.now()
    is_open = shown.takes_place and shown.opens_at <= now <= shown.ends_at
    here = shown.marks.current().filter(mark__in=("present", "late")).count()
    context = {"meeting": shown, "is_open": is_open, "code": drawn(address_of(request, shown, now)) if is_open else "", "here": here}
    if request.htmx:
        return render(request, "leaders/meetings/qr_code.html", context)
    return render(request, "leaders/meetings/qr.html", context | {"trail": trail_to(shown)})


def address_of(request, meeting: Meeting, now) -> str:
    with override(meeting.language):
        return request.build_absolute_uri(reverse("check_in", args=[token_of(meeting, now)]))


def drawn(address: str) -> str:
    code = QRCode(border=2, image_factory=SvgPathFillImage)
    code.add_data(address)
    return mark_safe(code.make_image().to_string(encoding="unicode"))  # noqa: S308 - squares alone


@login_required
def check_in(request, token: str):
    """Reading the code opens a page with one button; pressing it writes the mark."""
    now = timezone.now()
    try:
        if request.method == "POST":
            done = actions.check_in(request.user, token, now=now)
            return render(request, "leaders/meetings/checked_in.html", {"mark": done, "meeting": done.meeting})
        meeting, seat = place_at(request.user, token, now)
    except (BadSignature, Meeting.DoesNotExist) as unknown:
        raise Http404 from unknown
    except REFUSALS as refused:
        return render(request, "leaders/meetings/no_check_in.html", words_of(refused), status=422)
    mark = meeting.marks.current().filter(enrolment=seat, mark__in=("present", "late")).first()
    template = "leaders/meetings/checked_in.html" if mark else "leaders/meetings/check_in.html"
    return render(request, template, {"mark": mark, "meeting": meeting})


REFUSALS = (Expired, actions.NotOfThisCohort, actions.WasCancelled, actions.NotNow)


def words_of(refused: Exception) -> dict:
    title, text = {
        Expired: (_("This code is old"), _("It changes every minute: please scan the one on the screen again.")),
        actions.NotOfThisCohort: (
            _("This meeting is of another cohort"),
            _("Only its participants can check in. If you belong to it, please tell the trainer."),
        ),
        actions.WasCancelled: (_("This meeting was cancelled"), ""),
        actions.NotNow: (_("It is not the time to check in"), _("The code is good from 15 minutes before the meeting until its end.")),
    }[type(refused)]
    return {"title": title, "text": text}
