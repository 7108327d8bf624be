"""Two people read each application independently; where they differ by more than the rule allows, a third one does."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from portal.actions import record
from portal.models import Position, User
from portal.notices import tell

from ..models import Application, CohortRole, Endorsement, Review, ReviewScore, Stage, StageResult
from ..moves import move, move_all
from ..notices.named import named, names_of
from .scores import PLACES, put_result
from .stages import permit_selecting

READERS = 2
BATCH = 500
LIVE = ("assigned", "handed-in")


@transaction.atomic
def assign_reviewers(actor: User | None, stage: Stage) -> int:
    """Two for each application that lacks them, so that all read about equally much. Return how many applications still lack one:
    there are too few examiners without a conflict of interest."""
    permit_selecting(actor, stage.cohort)
    readers = Readers(stage)
    made, lacking = [], 0
    for application in Application.objects.filter(stage=stage, state="selection").order_by("submitted_at", "pk"):
        for _place in range(READERS - readers.first_ones[application.pk]):
            if not (reader := readers.choose(application)):
                lacking += 1
                break
            made.append(Review(application=application, stage=stage, reviewer=reader))
    for application in wanting_a_third(stage):
        if reader := readers.choose(application):
            made.append(Review(application=application, stage=stage, reviewer=reader, third=True))
        else:
            lacking += 1
    put_reviews(actor, stage, made)
    return lacking


def wanting_a_third(stage: Stage) -> QuerySet:
    """Read by two who differ, and nobody is reading: there was nobody who might."""
    here = Application.objects.filter(stage=stage, state="selection").exclude(results__stage=stage)
    read = Count("reviews", filter=Q(reviews__stage=stage, reviews__state="handed-in"))
    reading = Count("reviews", filter=Q(reviews__stage=stage, reviews__state="assigned"))
    return here.annotate(read=read, reading=reading).filter(read=READERS, reading=0)


def put_reviews(actor: User | None, stage: Stage, reviews: list[Review]) -> None:
    if not reviews:
        return
    Review.objects.bulk_create(reviews, batch_size=BATCH)
    record(actor, "assign reviewers", stage.cohort.ref, after={"stage": stage.pk, "reviews": len(reviews)})
    data = named(stage.cohort) | {"stage": names_of(stage)}
    tell({review.reviewer for review in reviews}, "review-assigned", stage.cohort.ref, actor=actor, data=data)


class Readers:
    """The examiners of a stage who may sign in: what each has to read, and what each must not read."""

    def __init__(self, stage: Stage):
        roles = CohortRole.objects.current().filter(cohort=stage.cohort, name=CohortRole.Name.EXAMINER, user__is_active=True)
        self.people = {role.user_id: role.user for role in roles.select_related("user")}
        reviews = Review.objects.filter(stage=stage).order_by()
        self.load = dict.fromkeys(self.people, 0)
        for pk, number in reviews.filter(state__in=LIVE, reviewer__in=self.people).values_list("reviewer").annotate(number=Count("pk")):
            self.load[pk] = number
        self.first_ones, self.met = defaultdict(int), defaultdict(set)
        for application, reviewer, state, third in reviews.values_list("application", "reviewer", "state", "third"):
            self.met[application].add(reviewer)
            self.first_ones[application] += state in LIVE and not third
        self.schools = defaultdict(set)
        for pk, school in Position.objects.current().filter(user__in=self.people).values_list("user", "school"):
            self.schools[school].add(pk)
        self.heads = self.heads_of(stage)

    def heads_of(self, stage: Stage) -> dict[int, set[int]]:
        """By application: those of them who were asked to endorse it."""
        by_address = {user.email_key: pk for pk, user in self.people.items()}
        asked = Endorsement.objects.filter(application__cohort=stage.cohort_id).order_by().values_list("application", "head_email")
        heads = defaultdict(set)
        for application, address in asked:
            if (pk := by_address.get(address.lower())) is not None:
                heads[application].add(pk)
        return heads

    def choose(self, application: Application) -> User | None:
        """Who reads least so far, of those who neither work at the applicant's school, nor endorsed her, nor have met the application."""
        barred = self.met[application.pk] | self.heads[application.pk] | self.schools[application.school_id] | {application.user_id}
        free = [pk for pk in self.people if pk not in barred]
        if not free:
            return None
        chosen = min(free, key=lambda pk: (self.load[pk], pk))
        self.load[chosen] += 1
        self.met[application.pk].add(chosen)
        return self.people[chosen]


@transaction.atomic
def save_review(user: User, review: Review, *, points: dict[int, int], note: str) -> None:
    """By criterion; what is not scored yet is left out."""
    permit_reading(user, review)
    rows = [ReviewScore(review=review, criterion_id=criterion, points=number) for criterion, number in points.items()]
    review.scores.exclude(criterion__in=points).delete()
    ReviewScore.objects.bulk_create(rows, update_conflicts=True, unique_fields=["review", "criterion"], update_fields=["points"])
    Review.objects.filter(pk=review.pk).update(note=note)


@transaction.atomic
def hand_in_review(user: User, review: Review, *, points: dict[int, int], note: str) -> None:
    """All criteria are scored. From here on it changes no more, and whoever else has handed in may read it."""
    save_review(user, review, points=points, note=note)
    move(review, Review.State.HANDED_IN, actor=user, total=sum(points.values()), handed_in_at=timezone.now())
    settle(review)


@transaction.atomic
def declare_conflict(user: User, review: Review, *, reason: str) -> None:
    """Somebody else reads it, if there is anybody."""
    permit_reading(user, review)
    move(review, Review.State.CONFLICT, actor=user, reason=reason)
    give_to_another(None, [review])


@transaction.atomic
def take_reviews_away(actor: User, stage: Stage, reviewer: int) -> int:
    """What somebody has not read is given to others. Return how many."""
    permit_selecting(actor, stage.cohort)
    unread = list(Review.objects.filter(stage=stage, reviewer=reviewer, state=Review.State.ASSIGNED).select_related("application", "stage"))
    move_all(unread, Review.State.WITHDRAWN, actor=actor)
    give_to_another(actor, unread)
    return len(unread)


def give_to_another(actor: User | None, reviews: Iterable[Review]) -> None:
    by_stage = defaultdict(list)
    for review in reviews:
        by_stage[review.stage].append(review)
    for stage, left in by_stage.items():
        readers, made = Readers(stage), []
        for review in left:
            if reader := readers.choose(review.application):
                made.append(Review(application=review.application, stage=stage, reviewer=reader, third=review.third))
        put_reviews(actor, stage, made)


def permit_reading(user: User, review: Review) -> None:
    """From here on nobody else hands in a review of the same application: of two at once the second sees the first."""
    Application.objects.filter(pk=review.application_id).update(changed_at=F("changed_at"))
    if not Review.objects.editable_by(user).filter(pk=review.pk).exists():
        raise PermissionDenied


def settle(review: Review) -> None:
    """Once all have handed in whose word is needed, the application has its result."""
    same = Review.objects.filter(application=review.application_id, stage=review.stage_id)
    totals = list(same.filter(state=Review.State.HANDED_IN).order_by("third").values_list("total", flat=True))
    if len(totals) < READERS:
        return
    if len(totals) == READERS and abs(totals[0] - totals[1]) > review.stage.cohort.review_gap:
        call_third_reader(review)
        return
    put_result(review.application, review.stage, score_of(totals), source=StageResult.Source.REVIEWS, by=None)


def call_third_reader(review: Review) -> None:
    """Without anybody who may, the application stands among those that lack a reader until there is one."""
    if Review.objects.filter(application=review.application_id, stage=review.stage_id, third=True, state__in=LIVE).exists():
        return
    if reader := Readers(review.stage).choose(review.application):
        put_reviews(None, review.stage, [Review(application=review.application, stage=review.stage, reviewer=reader, third=True)])


def score_of(totals: list[int]) -> Decimal:
    """The mean of two; of three the mean of the two that are closest to each other, of all where the middle one is in the middle."""
    ordered = sorted(totals)
    if len(ordered) > READERS:
        below, above = ordered[1] - ordered[0], ordered[2] - ordered[1]
        ordered = ordered if below == above else ordered[:2] if below < above else ordered[1:]
    return (Decimal(sum(ordered)) / len(ordered)).quantize(PLACES, ROUND_HALF_UP)
