"""Vocabularies and learning objectives."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import search, vocabularies
from ..models import Objective, Region, User
from ..refs import Ref
from .acts import record, record_change, stored_fields
from .codes import refuse_merged_code


@transaction.atomic
def put_vocabulary(row, *, actor: User | None = None) -> None:
    """Save a row of a vocabulary: its new names are shown at once, and found where entries repeat them."""
    before = stored_fields(row)
    if not before:
        refuse_merged_code(row)
    row.save()
    forget_labels(row)
    if isinstance(row, Region) and before:
        search.index_schools(row.schools.select_related("region"))
    record_change(actor, Ref(row._meta.model_name, row.pk), before, row)


@transaction.atomic
def remove_vocabulary(row, *, actor: User | None = None) -> None:
    refuse_if_used(row)
    record(actor, "remove", Ref(row._meta.model_name, row.pk), before=stored_fields(row))
    forget_labels(row)
    row.delete()


@transaction.atomic
def put_objective(objective: Objective, *, actor: User | None = None) -> None:
    before = stored_fields(objective)
    if not before:
        refuse_merged_code(objective)
    objective.save()
    search.index_objective(objective)
    record_change(actor, Ref("objectives", objective.pk), before, objective)


@transaction.atomic
def remove_objective(objective: Objective, *, actor: User | None = None) -> None:
    refuse_if_used(objective)
    record(actor, "remove", Ref("objectives", objective.pk), before=stored_fields(objective))
    search.forget_objective(objective)
    objective.delete()


def forget_labels(row) -> None:
    """After the commit: a reader in between would put the old names back."""
    transaction.on_commit(partial(vocabularies.forget, type(row)))


def refuse_if_used(row) -> None:
    """Taking away what others refer to would change them unseen."""
    for relation in row._meta.related_objects:
        if relation.related_model._default_manager.filter(**{relation.field.name: row}).exists():
            raise ValidationError(_("It is in use and cannot be removed."))
