"""Writing notices, in the transaction of what happened."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Block, Notice, User
from ..refs import Ref
from .kinds import kind_of


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


def reached(people: Iterable[User], kind: str, actor: User | None) -> set[int]:
    """Not the actor herself, nor who has blocked her; what cannot be turned off reaches everybody."""
    told = {person.pk for person in people if person} - {actor and actor.pk}
    known = kind_of(kind)
    if not actor or (known and known.urgent):
        return told
    return told - set(Block.objects.filter(blocked=actor, user__in=told).values_list("user", flat=True))
