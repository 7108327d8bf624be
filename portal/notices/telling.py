"""Writing notices, in the transaction of what happened."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ..mail.posting import post_at_once
from ..models import Block, Letter, Notice, Rhythm, User
from ..refs import Ref
from .kinds import Kind, Rhythms, kind_of


@transaction.atomic
def tell(people: Iterable[User], kind: str, ref: Ref, *, actor: User | None = None, data: dict | None = None) -> None:
    """One live notice for each person, kind and thing: what was not read yet counts on. Nobody is told of her own deeds."""
    told = reached(people, kind, actor)
    now, same = timezone.now(), {"kind": kind, "source": ref.source, "object_id": ref.id}
    waiting = Notice.objects.unread().filter(user__in=told, **same)
    known = set(waiting.values_list("user", flat=True))
    waiting.update(number=F("number") + 1, actor=actor, data=data or {}, happened_at=now)
    Notice.objects.bulk_create(
        (Notice(user_id=pk, actor=actor, data=data or {}, happened_at=now, **same) for pk in sorted(told - known)), ignore_conflicts=True
    )
    if known_kind := kind_of(kind):
        write_at_once(known_kind, Notice.objects.unread().filter(user__in=told - known, letter=None, **same))


@transaction.atomic
def take_back(actor: User, kind: str, ref: Ref, *, since: datetime, people: Iterable[int] | None = None) -> None:
    """What she did at that moment is undone: it counts no longer, and whom nothing else was to be told hears nothing.

    What has been read, or has left in a letter, stands. Without `people` it is undone for everybody.
    """
    same = Notice.objects.filter(kind=kind, source=ref.source, object_id=ref.id)
    same = same if people is None else same.filter(user__in=people)
    has_read, has_blocked = same.filter(read_at__gte=since), Block.objects.filter(blocked=actor)
    waiting = same.unread().exclude(user__in=has_read.values("user")).exclude(user__in=has_blocked.values("user"))
    waiting.filter(Q(letter=None) | Q(letter__state=Letter.State.WAITING), number=1).delete()
    waiting.filter(number__gt=1, actor=actor).update(actor=None)
    waiting.filter(number__gt=1).update(number=F("number") - 1)


def write_at_once(kind: Kind, notices) -> None:
    """To those who want it at once. What is counted on has its letter already: nobody is written to twice about what she has not read."""
    notices = list(notices)
    rhythms = Rhythms(notice.user_id for notice in notices)
    wanted = [notice for notice in notices if rhythms.of(notice.user_id, kind) == Rhythm.AT_ONCE]
    if wanted:
        post_at_once(wanted, urgent=kind.urgent)


def reached(people: Iterable[User], kind: str, actor: User | None) -> set[int]:
    """Not the actor herself, nor who has blocked her; what cannot be turned off reaches everybody."""
    told = {person.pk for person in people if person} - {actor and actor.pk}
    known = kind_of(kind)
    if not actor or (known and known.urgent):
        return told
    return told - set(Block.objects.filter(blocked=actor, user__in=told).values_list("user", flat=True))
