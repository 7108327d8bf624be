"""Who takes part, who waits, who does not; singly or many at once, with a letter to each."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from portal.actions import record
from portal.models import User
from portal.notices import tell

from ..letters import post_decisions
from ..models import Application, Cohort, DecisionWords, Endorsement, Enrolment, Review
from ..moves import MoveRefused, may_move, move_all
from ..notices.named import named
from .applications import moving
from .seats import join_waiting_all
from .stages import permit_selecting

BATCH = 500
State = Application.State


class HasSeat(MoveRefused):
    """She is on the list of the cohort, or has a seat: first that ends."""


@dataclass
class Decided:
    """Those that were decided on, and those that stay as they are: not endorsed, or in a state from which there is no way."""

    done: list[Application] = field(default_factory=list)
    unendorsed: list[Application] = field(default_factory=list)
    unmoved: list[Application] = field(default_factory=list)


@transaction.atomic
def decide(actor: User | None, cohort: Cohort, applications: QuerySet, outcome: str, *, reason: str = "") -> Decided:
    """Whoever is accepted comes onto the list from which seats are offered, the best first."""
    cohort = permit_selecting(actor, cohort)
    found = list(best_first(applications.filter(cohort=cohort).sent().select_related("user", "school")))
    if outcome != State.DECLINED and not cohort.stages.exists():
        # There is no stage into which they could have been led
        move_all([application for application in found if application.state == State.SUBMITTED], State.SELECTION, actor=actor)
    decided = sorted_out(cohort, found, outcome)
    put_decision(actor, decided.done, outcome, reason, decided_at=timezone.now(), decided_by=actor)
    take_unread_reviews_away(actor, decided.done)
    if outcome == State.ACCEPTED:
        join_waiting_all(actor, cohort, [(application.user, application) for application in decided.done])
    with_account = [application for application in decided.done if application.user]
    tell([row.user for row in with_account], "application-decided", cohort.ref, actor=actor, data=named(cohort) | {"outcome": outcome})
    post_decisions(cohort, with_account, outcome, reason)
    return decided


def best_first(applications: QuerySet) -> QuerySet:
    return applications.order_by(F("score").desc(nulls_last=True), "submitted_at", "pk")


def sorted_out(cohort: Cohort, found: list[Application], outcome: str) -> Decided:
    decided, endorsed = Decided(), None
    if outcome == State.ACCEPTED and cohort.needs_endorsement:
        given = Endorsement.objects.filter(application__in=[row.pk for row in found], state=Endorsement.State.GIVEN)
        endorsed = set(given.order_by().values_list("application", flat=True))
    for application in found:
        if not may_move(application, outcome) or not application.user_id:
            decided.unmoved.append(application)
        elif endorsed is not None and application.pk not in endorsed:
            decided.unendorsed.append(application)
        else:
            decided.done.append(application)
    return decided


def put_decision(actor: User | None, applications: list[Application], to: str, reason: str, **fields) -> None:
    """The reason stands in the act and, for the applicant, on the application itself."""
    move_all(applications, to, actor=actor, reason=reason, **fields)
    pks = [application.pk for application in applications]
    for first in range(0, len(pks), BATCH):
        Application.objects.filter(pk__in=pks[first : first + BATCH]).update(reason=reason)


def take_unread_reviews_away(actor: User | None, applications: list[Application]) -> None:
    pks = [application.pk for application in applications]
    for first in range(0, len(pks), BATCH):
        unread = Review.objects.filter(application__in=pks[first : first + BATCH])
        move_all(moving(unread, Review.State.WITHDRAWN), Review.State.WITHDRAWN, actor=actor)


@transaction.atomic
def take_decision_back(actor: User, application: Application, *, reason: str) -> None:
    """It is in the selection again, in the stage where it was."""
    cohort = permit_selecting(actor, application.cohort)
    application = Application.objects.select_related("user").get(pk=application.pk)
    if Enrolment.objects.live().filter(application=application).exists():
        raise HasSeat
    put_decision(actor, [application], State.SELECTION, reason, decided_at=None, decided_by=None)
    tell([application.user], "application-decided", cohort.ref, actor=actor, data=named(cohort) | {"outcome": State.SELECTION})


@transaction.atomic
def put_words(actor: User, cohort: Cohort, outcome: str, **texts: str) -> None:
    """What the letters of this cohort say besides the reason; empty in Kazakh there are none."""
    permit_selecting(actor, cohort)
    if texts["text_kk"]:
        DecisionWords.objects.update_or_create(cohort=cohort, outcome=outcome, defaults=texts)
    else:
        DecisionWords.objects.filter(cohort=cohort, outcome=outcome).delete()
    record(actor, "change decision words", cohort.ref, after={"outcome": outcome})
