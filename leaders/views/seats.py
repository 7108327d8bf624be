"""The seats of a cohort, and what becomes of one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.paging import newest_first
from portal.views.deeds import deed

from .. import actions
from ..forms.seats import CapacityForm, ManageForm, TransferForm, WithdrawalForm
from ..models import Cohort, Enrolment
from ..moves import MoveRefused, may_move
from ..querysets.roles import SEATED, TAKEN
from .assignments import trail_of
from .frame import frame, known_cohort

State = Enrolment.State
# What a tab of the list shows
SHOWN = {"seated": SEATED, "offered": (State.OFFERED,), "waiting": (State.WAITING,)}
PARTS = ("user", "school")


@login_required
def seats(request, pk: int):
    """Who sits in the cohort, who is offered a seat, who waits in which order, who has gone."""
    cohort, standing = known_cohort(request, pk)
    if not standing.sees_seats:
        raise Http404
    numbers = dict(cohort.enrolments.order_by().values_list("state").annotate(Count("pk")))
    show = request.GET.get("show", "")
    show = show if show in (*SHOWN, "left") else "seated"
    rows = Enrolment.objects.visible_to(request.user).filter(cohort=cohort).select_related(*PARTS)
    context = {
        "shelves": shelves(request.path, numbers, show),
        "taken": sum(numbers.get(state, 0) for state in TAKEN),
        "show": show,
    }
    return render(request, "leaders/seats/list.html", frame(cohort, standing, "seats") | context | listed(request, rows, cohort, show))


def listed(request, rows, cohort: Cohort, show: str) -> dict:
    if show == "left":
        page = newest_first(request, rows.exclude(state__in=(*TAKEN, State.WAITING)), "changed_at")
        return {"rows": page.rows, "older_url": page.older_url, "newer_url": page.newer_url}
    rows = rows.filter(state__in=SHOWN[show])
    if show == "waiting":
        return {"rows": rows.in_order_of(cohort)}
    return {"rows": rows.order_by("offered_until", "user__sort_key", "pk")}


def shelves(path: str, numbers: dict, show: str) -> list[dict]:
    left = sum(number for state, number in numbers.items() if state not in (*TAKEN, State.WAITING))
    named = {
        "seated": (pgettext("a cohort", "Participants"), sum(numbers.get(state, 0) for state in SEATED)),
        "offered": (_("Seats offered"), numbers.get(State.OFFERED, 0)),
        "waiting": (_("Waiting list"), numbers.get(State.WAITING, 0)),
        "left": (pgettext("a cohort", "Left"), left),
    }
    return [{"label": label, "url": f"{path}?show={key}", "current": key == show, "count": count} for key, (label, count) in named.items()]


@login_required
def capacity(request, pk: int):
    cohort = get_object_or_404(Cohort.objects.editable_by(request.user), pk=pk)
    form = CapacityForm(request.POST or None, initial={"capacity": cohort.capacity})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_capacity(request.user, cohort, form.cleaned_data["capacity"])
        except actions.SeatsTaken:
            form.add_error("capacity", _("More seats than that are taken or offered."))
        else:
            messages.success(request, _("Saved."))
            return redirect("seats" if Cohort.objects.managed_by(request.user).filter(pk=pk).exists() else "cohort", pk)
    taken = cohort.enrolments.taken().count()
    context = {"cohort": cohort, "form": form, "taken": taken, "trail": trail_of(cohort)}
    return render(request, "leaders/seats/capacity.html", context, status=422 if form.errors else 200)


# One seat


@login_required
def enrolment(request, pk: int):
    """To herself what she can do now, to others how she stands."""
    shown = known(request, pk)
    own = shown.user_id == request.user.pk
    waits = shown.state == State.WAITING
    context = {
        "rank": Enrolment.objects.ahead_of(shown).count() + 1 if waits else None,
        "waiting": Enrolment.objects.waiting().filter(cohort=shown.cohort).count() if waits else None,
        "in_time": shown.state == State.OFFERED and timezone.now() <= shown.offered_until and not shown.cohort.is_over,
        "leaves": own and may_move(shown, State.WITHDRAWN),
        "manages": manages(request.user, shown),
        "transfers": may_move(shown, State.TRANSFERRED),
        "is_seated": shown.state in SEATED,
    }
    return render(request, "leaders/seats/own.html" if own else "leaders/seats/of_participant.html", around(shown, own) | context)


def known(request, pk: int) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user).select_related("cohort__version__programme", *PARTS)
    return get_object_or_404(rows, pk=pk)


def own_seat(request, pk: int) -> Enrolment:
    rows = Enrolment.objects.of(request.user).select_related("cohort__version__programme", *PARTS)
    return get_object_or_404(rows, pk=pk)


def manages(user, enrolment: Enrolment) -> bool:
    return Enrolment.objects.editable_by(user).filter(pk=enrolment.pk).exists()


def managed_seat(request, pk: int) -> Enrolment:
    shown = known(request, pk)
    if not manages(request.user, shown):
        raise Http404
    return shown


def around(enrolment: Enrolment, own: bool) -> dict:
    cohort = enrolment.cohort
    steps = () if own else ((pgettext("pages of a cohort", "Seats"), f"/leaders/{cohort.pk}/seats/"),)
    return {"enrolment": enrolment, "cohort": cohort, "trail": trail_of(cohort, *steps)}


@deed
def accept(request, pk: int):
    done = actions.accept_offer(request.user, own_seat(request, pk))
    if done.state in SEATED:
        messages.success(request, _("The seat is yours."))
    else:
        messages.error(request, _("This seat cannot be accepted any more."))
    return redirect("enrolment", pk)


@deed
def decline(request, pk: int):
    try:
        actions.decline_offer(request.user, own_seat(request, pk))
    except MoveRefused:
        messages.error(request, _("There is nothing to decline any more."))
    else:
        messages.success(request, _("You have declined the seat; it is offered to the next one."))
    return redirect("enrolment", pk)


@login_required
def withdraw(request, pk: int):
    shown = own_seat(request, pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(request.user, shown, reason=form.cleaned_data["reason"])
        except MoveRefused:
            messages.error(request, _("There is nothing to give up any more."))
        else:
            messages.success(request, _("You are not in this cohort any more."))
        return redirect("enrolment", pk)
    if not may_move(shown, State.WITHDRAWN):
        return redirect("enrolment", pk)
    return render(request, "leaders/seats/withdraw.html", around(shown, own=True) | {"form": form}, status=422 if form.errors else 200)


@login_required
def manage(request, pk: int):
    shown = managed_seat(request, pk)
    form = ManageForm(request.POST or None, enrolment=shown)
    if not form.fields["to"].choices:
        return redirect("enrolment", pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.manage_seat(request.user, shown, form.cleaned_data["to"], reason=form.cleaned_data["reason"])
        except MoveRefused:
            messages.error(request, _("Nothing has changed: somebody was faster, or the page was old."))
        else:
            messages.success(request, _("Saved."))
        return redirect("enrolment", pk)
    return render(request, "leaders/seats/manage.html", around(shown, own=False) | {"form": form}, status=422 if form.errors else 200)


@login_required
def transfer(request, pk: int):
    shown = managed_seat(request, pk)
    if not may_move(shown, State.TRANSFERRED):
        return redirect("enrolment", pk)
    form = TransferForm(request.POST or None, cohorts=others(request.user, shown.cohort))
    if request.method == "POST" and form.is_valid():
        arrived = try_transfer(request, shown, form)
        if arrived:
            messages.success(request, _("The participant is in the other cohort now."))
            return redirect("enrolment", arrived.pk)
    return render(request, "leaders/seats/transfer.html", around(shown, own=False) | {"form": form}, status=422 if form.errors else 200)


def others(user, cohort: Cohort):
    """Cohorts of the same programme that she manages too."""
    mine = Cohort.objects.managed_by(user).exclude(pk=cohort.pk).exclude(state__in=(Cohort.State.DRAFT, *Cohort.OVER))
    return mine.filter(version__programme=cohort.version.programme_id)


def try_transfer(request, enrolment: Enrolment, form: TransferForm) -> Enrolment | None:
    try:
        return actions.transfer(request.user, enrolment, form.cleaned_data["cohort"], reason=form.cleaned_data["reason"])
    except actions.SeatsTaken:
        form.add_error("cohort", _("There is no free seat."))
    except actions.AlreadyIn:
        form.add_error("cohort", _("The participant is in that cohort already."))
    except actions.ConflictOfInterest:
        form.add_error("cohort", _("The participant looks after that cohort."))
    except MoveRefused:
        form.add_error(None, _("Nothing has changed: somebody was faster, or the page was old."))
    return None
