"""What topics, groups and invitations keep counted, counted again from the rows."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest

from portal.models import Act

from .models import FormerPlace, Group, GroupInvitation, Membership, Post, Topic

BATCH = 1000
# The act of whoever comes in
JOINED = "join group"


class Difference(NamedTuple):
    kind: str
    pk: int
    field: str
    says: object
    has: object


def counted_topics() -> QuerySet:
    posts = Post.objects.filter(topic=OuterRef("pk"))
    # A number from which a post was taken elsewhere is not given again.
    moved = FormerPlace.objects.filter(topic=OuterRef("pk"))
    last = posts.shown().order_by("-number")
    # Of a question whose asker has left nobody can tell any more who answered: what stands stays.
    answers = posts.shown().exclude(author=OuterRef("author")).order_by("number")
    return Topic.objects.annotate(
        counted_posts_count=number_of(posts.shown(), "topic"),
        counted_highest_number=Greatest(largest(posts.exclude(number=None)), largest(moved)),
        counted_bumped_at=Coalesce(Subquery(last.values("created_at")[:1]), F("bumped_at")),
        counted_last_author_id=Subquery(last.values("author")[:1]),
        counted_answered_at=Case(
            When(Q(kind=Topic.Kind.QUESTION) & ~Q(author=None), then=Subquery(answers.values("created_at")[:1])),
            default=F("answered_at"),
        ),
    )


def counted_groups() -> QuerySet:
    return Group.objects.annotate(
        counted_members_count=number_of(Membership.objects.filter(group=OuterRef("pk")), "group"),
        counted_topics_count=number_of(Topic.objects.shown().filter(group=OuterRef("pk")), "group"),
    )


def counted_invitations() -> QuerySet:
    """Each who came in by a link is an act that names it."""
    named = Cast(KeyTextTransform("invitation", "after"), models.BigIntegerField())
    entered = Act.objects.filter(source="groups", object_id=OuterRef("group"), verb=JOINED).annotate(invitation=named)
    return GroupInvitation.objects.annotate(counted_taken=number_of(entered.filter(invitation=OuterRef("pk")), "invitation"))


def largest(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.order_by("-number").values("number")[:1]), 0)


def number_of(rows: QuerySet, parent: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(parent).annotate(number=Count("pk")).values("number")), 0)


COUNTED: dict[str, tuple[Callable[[], QuerySet], tuple[str, ...]]] = {
    "topic": (counted_topics, ("posts_count", "highest_number", "bumped_at", "last_author_id", "answered_at")),
    "group": (counted_groups, ("members_count", "topics_count")),
    "invitation": (counted_invitations, ("taken",)),
}


def check(*, fix: bool = False) -> Iterator[Difference]:
    """Every difference; those of a batch are mended before they are reported when asked to."""
    for kind, (counted, fields) in COUNTED.items():
        for batch in batches(counted().only(*fields)):
            wrong = list(chain.from_iterable(differences(kind, row, fields) for row in batch))
            if fix and wrong:
                mend(kind, {difference.pk for difference in wrong})
            yield from wrong


def batches(rows: QuerySet) -> Iterator[list[models.Model]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def differences(kind: str, row: models.Model, fields: tuple[str, ...]) -> Iterator[Difference]:
    for field in fields:
        says, has = getattr(row, field), getattr(row, f"counted_{field}")
        if says != has:
            yield Difference(kind, row.pk, field, says, has)


@transaction.atomic
def mend(kind: str, pks: set[int]) -> None:
    """Counted once more while whoever writes to these rows waits."""
    counted, fields = COUNTED[kind]
    rows = counted().filter(pk__in=pks)
    rows.model.objects.filter(pk__in=pks).update(**{fields[0]: F(fields[0])})
    for row in rows.only(*fields):
        if wrong := {difference.field: difference.has for difference in differences(kind, row, fields)}:
            rows.model.objects.filter(pk=row.pk).update(**wrong)
