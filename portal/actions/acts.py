"""The record of what people do."""

from ..models import Act, User
from ..refs import Ref


def record(actor, verb: str, ref: Ref, *, before: dict | None = None, after: dict | None = None, reason: str = "") -> Act:
    return Act.objects.create(
        actor=actor, verb=verb, source=ref.source, object_id=ref.id, before=before or {}, after=after or {}, reason=reason
    )


def stored_fields(row) -> dict:
    return type(row)._default_manager.filter(pk=row.pk).values().first() or {}


def record_change(actor: User | None, ref: Ref, before: dict, row) -> None:
    """An act of what a person has changed; imports and demo data have no actor and leave none."""
    after = stored_fields(row)
    changed = [name for name in after if after[name] != before.get(name)]
    if actor and changed:
        old = {name: before[name] for name in changed if before}
        record(actor, "change" if before else "add", ref, before=old, after={name: after[name] for name in changed})
