"""Two rows that mean the same become one, and nothing that pointed to either is lost."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import seams
from ..merging import Moves, refresh_entries
from ..models import Merged, Role, School, User
from ..refs import Ref
from ..tasks import enqueue
from .access import permit_administrator
from .acts import record, stored_fields
from .codes import code_of
from .vocabularies import forget_labels, refuse_if_used

REFRESHED_TOGETHER = 500


@transaction.atomic
def merge_rows(actor: User | None, old, new) -> Moves:
    """`old` goes into `new`, which stays as it is. Entries of what pointed to it follow in tasks."""
    permit_administrator(actor)
    old, new = hold_both(old, new)
    refuse_unlike(old, new)
    before, moves = stored_fields(old), Moves()
    moves.move_all(old, new)
    keep_old_names(old, new)
    for gone, kept in moves.collapsed:
        if code_of(gone):
            keep_old_names(gone, kept)
    refuse_if_used(old)
    forget_labels(old)
    old.delete()
    moved = {table._meta.label: number for table, number in moves.counts.items() if number}
    record(actor, "merge", Ref(source_of(new), new.pk), before=before, after={"into": new.pk, "moved": moved})
    moves.touched[type(new)] |= {before["id"], new.pk}
    refresh_touched(moves)
    return moves


def hold_both(old, new) -> tuple:
    """Whoever points to the row that goes waits until it is gone."""
    rows = type(old)._default_manager.select_for_update().order_by("pk").in_bulk([old.pk, new.pk])
    return rows[old.pk], rows[new.pk]


def refuse_unlike(old, new) -> None:
    if old == new:
        raise ValidationError(_("Choose another row than this one."))
    for name in getattr(old, "merged_within", ()):
        if getattr(old, name) != getattr(new, name):
            field = old._meta.get_field(name).verbose_name
            raise ValidationError(_("They differ in “%(field)s”, so they cannot become one."), params={"field": field})
    if isinstance(new, School) and new.state != School.State.LISTED:
        raise ValidationError(_("Only a listed school can take in another one."))


def keep_old_names(old, new) -> None:
    """What went into the row before goes along with it."""
    Merged.objects.of(type(old)).filter(new_id=old.pk).update(new_id=new.pk)
    Merged.objects.create(model=old._meta.label_lower, old_id=old.pk, old_code=code_of(old), new_id=new.pk)


def source_of(row) -> str:
    return getattr(row, "source", row._meta.model_name)


def refresh_touched(moves: Moves) -> None:
    for model, pks in moves.touched.items():
        if model in seams.entry_writers:
            known = sorted(pks)
            for start in range(0, len(known), REFRESHED_TOGETHER):
                enqueue(refresh_entries, model._meta.label, *known[start : start + REFRESHED_TOGETHER])


def move_words(moves: Moves, old, new) -> None:
    """References that are words: the scope of a role. Acts are history and stay."""
    if isinstance(old, School):
        moves.move(Role, {"scope": f"school:{old.pk}"}, {"scope": f"school:{new.pk}"})


def register() -> None:
    seams.rows_merged.append(move_words)
