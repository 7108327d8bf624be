"""How a row goes into another one of its kind: everything that points to it is moved, whatever app it stands in.

Foreign keys are found by walking the models, so a new table needs nothing here. Where a unique constraint would be broken the moved
row is a second copy of one that stands there already: the two collapse into one, in the same way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django_tasks import task

from .seams import entry_writers, rows_merged
from .tasks import enqueue

REFRESHED_TOGETHER = 500


class Moves:
    """What was moved: rows by the table they stand in, and the ids of what these rows speak of, by model."""

    def __init__(self):
        self.counts: Counter[type[models.Model]] = Counter()
        self.touched: dict[type[models.Model], set[int]] = defaultdict(set)
        self.collapsed: list[tuple[models.Model, models.Model]] = []

    def move_all(self, old: models.Model, new: models.Model) -> None:
        for table, field in pointing_to(type(old)):
            self.move(table, {field.name: old.pk}, {field.name: new.pk})
        for follow in rows_merged:
            follow(self, old, new)

    def move(self, table: type[models.Model], where: Mapping[str, Any], to: Mapping[str, Any]) -> None:
        """Rows of `table` that match `where` become `to`."""
        pairs = twins(table, where, to)
        self.remember(table, table._base_manager.filter(pk__in=[*pairs, *pairs.values()]))
        if is_bare(table):
            table._base_manager.filter(pk__in=pairs).delete()
        else:
            for pk, twin in pairs.items():
                self.collapse(table._base_manager.get(pk=pk), table._base_manager.get(pk=twin))
        rows = table._base_manager.filter(**where)
        self.remember(table, rows)
        self.counts[table] += len(pairs) + rows.update(**to)

    def collapse(self, gone: models.Model, kept: models.Model) -> None:
        fill_blanks(kept, gone)
        self.move_all(gone, kept)
        self.collapsed.append((copy(gone), kept))
        gone.delete()

    def remember(self, table: type[models.Model], rows: models.QuerySet) -> None:
        """The rows themselves and what they point to: a changed tag of a material is a changed material."""
        for field in (table._meta.pk, *(field for field in table._meta.concrete_fields if field.many_to_one)):
            model = table if field.primary_key else field.related_model
            self.touched[model] |= set(rows.exclude(**{field.name: None}).values_list(field.attname, flat=True))


def pointing_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every foreign key that leads to `model`, those of the tables between two others too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field


def count_pointing_to(row: models.Model) -> dict[type[models.Model], int]:
    """How many rows of which table name this one."""
    numbers: Counter = Counter()
    for table, field in pointing_to(type(row)):
        numbers[table] += table._base_manager.filter(**{field.name: row.pk}).count()
    return {table: number for table, number in numbers.items() if number}


def plural(table: type[models.Model]) -> str:
    """What the rows of a table are called; a table between two others goes by the one that declares it."""
    return str((table._meta.auto_created or table)._meta.verbose_name_plural)


def is_bare(table: type[models.Model]) -> bool:
    """Whether its rows say nothing but what a unique constraint compares, so that a second copy may simply go."""
    return not any(pointing_to(table)) and not any(field.null or field.blank for field in table._meta.concrete_fields[1:])


def twins(table: type[models.Model], where: Mapping[str, Any], to: Mapping[str, Any]) -> dict[Any, Any]:
    """Rows that may not move because one like them stands there: their keys → the keys of those."""
    found = {}
    for names, condition in unique_keys(table):
        if not to.keys().isdisjoint(names):
            others = [name for name in names if name not in to]
            rows = table._base_manager.filter(condition)
            # Compared as they are written: a value may be a list or a mapping.
            there = {repr(key): pk for pk, *key in rows.filter(**{**where, **to}).values_list("pk", *others)}
            moving = rows.filter(**where).values_list("pk", *others)
            found |= {pk: there[repr(key)] for pk, *key in moving if repr(key) in there}
    return found


def unique_keys(table: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q]]:
    """Names of fields that no two rows share, among the rows of a condition.

    To a database an empty value equals no other, so beside a key with empty values stands the whole row: an exact copy says nothing more.
    """
    for names, condition in declared_keys(table):
        empty = [name for name in names if table._meta.get_field(name).null]
        yield names, condition & Q(**{f"{name}__isnull": False for name in empty})
        if empty:
            yield tuple(field.name for field in table._meta.concrete_fields if not field.primary_key), condition


def declared_keys(table: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q]]:
    for constraint in table._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint.fields, constraint.condition or Q()
    for names in table._meta.unique_together:
        yield tuple(names), Q()
    for field in table._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,), Q()


def fill_blanks(kept: models.Model, gone: models.Model) -> None:
    """What the row that stays does not say it takes from the one that goes."""
    names = [
        field.attname
        for field in kept._meta.concrete_fields
        if getattr(kept, field.attname) in (None, "") and getattr(gone, field.attname) not in (None, "")
    ]
    for name in names:
        setattr(kept, name, getattr(gone, name))
    if names:
        kept.save(update_fields=names)


def refresh_in_tasks(touched: Mapping[type[models.Model], Iterable[int]]) -> None:
    for model, pks in touched.items():
        if model in entry_writers:
            known = sorted(pks)
            for start in range(0, len(known), REFRESHED_TOGETHER):
                enqueue(refresh_entries, model._meta.label, *known[start : start + REFRESHED_TOGETHER])


@task()
def refresh_entries(label: str, *pks: int) -> None:
    entry_writers[apps.get_model(label)](pks)
