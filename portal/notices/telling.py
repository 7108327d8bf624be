"""Writing notices, in the transaction of what happened."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Notice, User
from ..refs import Ref


@transaction.atomic
def tell(people: Iterable[User], kind: str, ref: Ref, *, actor: User | None = None, data: dict | None = None) -> None:
    """One live notice for each person, kind and thing: what was not read yet counts on. Nobody is told of her own deeds."""
    told = {person.pk for person in people if person} - {actor and actor.pk}
    now, same = timezone.now(), {"kind": kind, "source": ref.source, "object_id": ref.id}
    waiting = Notice.objects.unread().filter(user__in=told, **same)
    known = set(waiting.values_list("user", flat=True))
    waiting.update(number=F("number") + 1, actor=actor, data=data or {}, happened_at=now)
    Notice.objects.bulk_create(
        (Notice(user_id=pk, actor=actor, data=data or {}, happened_at=now, **same) for pk in sorted(told - known)), ignore_conflicts=True
    )
