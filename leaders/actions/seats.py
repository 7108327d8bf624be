"""Seats. Every change of one begins with `hold(cohort)` and ends with `fill_seats`: what frees is passed on in the same transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.models import User

from ..models import Application, ChangeProject, Cohort, CohortRole, Enrolment, ExternalResult, MentorMeeting
from ..moves import NotAllowed, move, move_all
from ..notices.seats import tell_of_seats
from .group import sync_group
from .holding import hold, permit_managing
from .team import ConflictOfInterest

State = Enrolment.State
# What those who look after the cohort do with a seat, each with a reason
MANAGED = (State.PAUSED, State.ACTIVE, State.COMPLETED, State.NOT_COMPLETED, State.REMOVED)


class SeatsTaken(Exception):
    """There is no free seat."""


class AlreadyIn(Exception):
    """She waits or studies there already."""


# The list


@transaction.atomic
def join_waiting(actor: User | None, cohort: Cohort, user: User, *, application: Application | None = None) -> Enrolment:
    """Who is in the cohort already stays where she is."""
    return join_waiting_all(actor, cohort, [(user, application)])[0]


@transaction.atomic
def join_waiting_all(actor: User | None, cohort: Cohort, people: Iterable[tuple[User, Application | None]]) -> list[Enrolment]:
    """All of them are on the list before the first seat is offered, so that their results decide and not who was written down first."""
    cohort = hold(cohort)
    if actor and not Cohort.objects.managed_by(actor).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    rows = [put_on_list(actor, cohort, user, application) for user, application in people]
    fill_seats(cohort)
    return list(Enrolment.objects.filter(pk__in=[row.pk for row in rows]).order_by("place", "pk"))


def put_on_list(actor: User | None, cohort: Cohort, user: User, application: Application | None) -> Enrolment:
    live = Enrolment.objects.live().filter(cohort=cohort, user=user).first()
    if live:
        return live
    position = user.main_position
    school = application.school if application else position and position.school
    score = application.score if application else None
    place = hold(cohort).seq
    if application:
        # Decided on anew after a seat was given up or lapsed: it leads to the one that she has now
        Enrolment.objects.filter(application=application).update(application=None)
    enrolment = Enrolment.objects.create(cohort=cohort, user=user, application=application, school=school, score=score, place=place)
    record(actor, "join waiting list", enrolment.ref, after={"cohort": cohort.pk})
    return enrolment


def fill_seats(cohort: Cohort, now: datetime | None = None) -> None:
    """Of a cohort that is held: offers whose time is over lapse, and every seat that is free goes to the first who waits."""
    now = now or timezone.now()
    sync_group(cohort)
    rows = Enrolment.objects.filter(cohort=cohort)
    overdue = list(rows.lapsed(now).select_related("user"))
    move_all(overdue, State.LAPSED, actor=None, offered_until=None, changed_at=now)
    if cohort.state != Cohort.State.CANCELLED:
        tell_of_seats(overdue, cohort, "offer-lapsed")
    if not cohort.gives_seats_at(now):
        close_list(cohort, now)
        return
    free = max(cohort.capacity - rows.taken().count(), 0)
    first = list(rows.waiting().in_order_of(cohort).select_related("user")[:free])
    move_all(first, State.OFFERED, actor=None, offered_until=now + timedelta(hours=cohort.offer_hours), changed_at=now)
    tell_of_seats(first, cohort, "seat-offered")


def close_list(cohort: Cohort, now: datetime) -> None:
    """Seats are passed on no longer: whoever still waits is told so, and waits for nothing more."""
    if now < cohort.seats_close and cohort.state != Cohort.State.CANCELLED:
        return
    left = list(Enrolment.objects.filter(cohort=cohort).waiting().select_related("user"))
    move_all(left, State.NO_SEAT, actor=None, changed_at=now)
    if cohort.state != Cohort.State.CANCELLED:
        tell_of_seats(left, cohort, "waiting-closed")


def pass_seats_on(now: datetime | None = None) -> None:
    """By the clock. Seats that free are passed on at once without it; it sees offers and lists whose time is over."""
    now = now or timezone.now()
    concerned = Enrolment.objects.lapsed(now) | Enrolment.objects.waiting()
    for cohort in Cohort.objects.filter(pk__in=concerned.order_by().values("cohort")):
        idle = cohort.gives_seats_at(now) and cohort.has_free_seat()
        if idle or now >= cohort.seats_close or cohort.enrolments.lapsed(now).exists():
            with transaction.atomic():
                fill_seats(hold(cohort), now)


# What a person does with her own seat


@transaction.atomic
def accept_offer(user: User, enrolment: Enrolment, *, now: datetime | None = None) -> Enrolment:
    """As it is afterwards: an offer whose time is over has lapsed, and its seat is offered to the next one. A second press is no harm."""
    now = now or timezone.now()
    enrolment = held(enrolment)
    permit_own(user, enrolment)
    if enrolment.state == State.OFFERED and now <= enrolment.offered_until and not enrolment.cohort.is_over:
        take_seat(user, enrolment, now)
    fill_seats(enrolment.cohort, now)
    enrolment.refresh_from_db(fields=["state", "offered_until", "changed_at"])
    return enrolment


def take_seat(actor: User | None, enrolment: Enrolment, now: datetime) -> None:
    move(enrolment, State.ENROLLED, actor=actor, offered_until=None, changed_at=now)
    if enrolment.cohort.state == Cohort.State.RUNNING:
        move(enrolment, State.ACTIVE, actor=None, changed_at=now)
    tell_of_seats([enrolment], enrolment.cohort, "enrolled")


def decline_offer(user: User, enrolment: Enrolment) -> Enrolment:
    return give_up(user, enrolment, State.DECLINED)


def withdraw(user: User, enrolment: Enrolment, *, reason: str = "") -> Enrolment:
    return give_up(user, enrolment, State.WITHDRAWN, reason)


@transaction.atomic
def give_up(user: User, enrolment: Enrolment, to: str, reason: str = "") -> Enrolment:
    """Whoever has given it up before stays where she is."""
    now = timezone.now()
    enrolment = held(enrolment)
    permit_own(user, enrolment)
    if enrolment.state != to:
        move(enrolment, to, actor=user, reason=reason, offered_until=None, changed_at=now)
        Enrolment.objects.filter(pk=enrolment.pk).update(reason=reason)
    fill_seats(enrolment.cohort, now)
    return enrolment


def permit_own(user: User, enrolment: Enrolment) -> None:
    if enrolment.user_id != user.pk:
        raise PermissionDenied


def held(enrolment: Enrolment) -> Enrolment:
    """As it stands while nobody else changes a seat of its cohort."""
    cohort = hold(enrolment.cohort)
    enrolment = Enrolment.objects.select_related("user").get(pk=enrolment.pk)
    enrolment.cohort = cohort
    return enrolment


# What those do who look after the cohort


@transaction.atomic
def manage_seat(actor: User | None, enrolment: Enrolment, to: str, *, reason: str = "") -> Enrolment:
    now = timezone.now()
    enrolment = held(enrolment)
    permit_seats(actor, enrolment)
    if to not in MANAGED:
        raise NotAllowed(to)
    move(enrolment, to, actor=actor, reason=reason, offered_until=None, changed_at=now)
    Enrolment.objects.filter(pk=enrolment.pk).update(reason=reason)
    tell_of_seats([enrolment], enrolment.cohort, "seat-changed", actor=actor, state=to, reason=reason)
    fill_seats(enrolment.cohort, now)
    return enrolment


@transaction.atomic
def transfer(actor: User | None, enrolment: Enrolment, cohort: Cohort, *, reason: str = "") -> Enrolment:
    """Into a free seat of another cohort. Those who wait there are not passed over: while somebody waits, no seat is free.

    What is her own goes along; marks of attendance and works belong to the meetings and assignments of the cohort she leaves.
    """
    now = timezone.now()
    for one in sorted([enrolment.cohort, cohort], key=lambda one: one.pk):
        hold(one)
    enrolment = held(enrolment)
    permit_seats(actor, enrolment)
    target = hold(cohort)
    permit_managing(actor, target)
    is_closed = target.is_over or target.state == Cohort.State.DRAFT
    if target.version.programme_id != enrolment.cohort.version.programme_id or is_closed or target == enrolment.cohort:
        raise PermissionDenied
    fill_seats(target, now)
    permit_entry(target, enrolment.user)
    arrived = Enrolment.objects.create(
        cohort=target, user=enrolment.user, school=enrolment.school, score=enrolment.score, place=target.seq, changed_at=now
    )
    for model in (ChangeProject, MentorMeeting, ExternalResult):
        model.objects.filter(enrolment=enrolment).update(enrolment=arrived)
    move(enrolment, State.TRANSFERRED, actor=actor, reason=reason, transferred_to=arrived, changed_at=now)
    Enrolment.objects.filter(pk=enrolment.pk).update(reason=reason)
    take_seat(actor, arrived, now)
    for one in (target, enrolment.cohort):
        fill_seats(one, now)
    return arrived


def permit_entry(cohort: Cohort, user: User) -> None:
    if CohortRole.objects.current().filter(cohort=cohort, user=user).exists():
        raise ConflictOfInterest
    if Enrolment.objects.live().filter(cohort=cohort, user=user).exists():
        raise AlreadyIn
    if not cohort.has_free_seat():
        raise SeatsTaken


def permit_seats(actor: User | None, enrolment: Enrolment) -> None:
    if actor and not Enrolment.objects.editable_by(actor).filter(pk=enrolment.pk).exists():
        raise PermissionDenied


@transaction.atomic
def change_capacity(actor: User | None, cohort: Cohort, capacity: int) -> Cohort:
    """Never below the seats that are taken or offered. More seats go to those who wait at once."""
    cohort = hold(cohort)
    permit_managing(actor, cohort)
    fill_seats(cohort)
    if capacity < cohort.enrolments.taken().count():
        raise SeatsTaken
    if capacity != cohort.capacity:
        record(actor, "change capacity", cohort.ref, before={"capacity": cohort.capacity}, after={"capacity": capacity})
        cohort.capacity = capacity
        cohort.save(update_fields=["capacity"])
        fill_seats(cohort)
    return cohort


def follow_cohort(actor: User | None, cohort: Cohort, reason: str = "") -> None:
    """Of a cohort that is held and has just moved: with the course its participants begin, and lists open and close."""
    now = timezone.now()
    if cohort.state == Cohort.State.RUNNING:
        begun = list(cohort.enrolments.filter(state=State.ENROLLED))
        move_all(begun, State.ACTIVE, actor=actor, changed_at=now)
    if cohort.state == Cohort.State.CANCELLED:
        tell_of_seats(cohort.enrolments.live().select_related("user"), cohort, "cohort-cancelled", actor=actor, reason=reason)
    fill_seats(cohort, now)
