"""Where rows are now that went into others."""

from collections.abc import Iterable

from django.db import models

LONGEST_KEY = 19


class MergedQuerySet(models.QuerySet):
    def of(self, model: type[models.Model]):
        return self.filter(model=model._meta.label_lower)

    def current_id(self, model: type[models.Model], pk: int) -> int:
        return next(iter(self.current_ids(model, [pk])), pk)

    def current_ids(self, model: type[models.Model], pks: Iterable) -> list[int]:
        """These ids, those of merged rows replaced, each once."""
        # What is longer is the key of no row, and more than a database can compare.
        pks = [int(pk) for pk in pks if len(str(pk)) < LONGEST_KEY]
        into = dict(self.of(model).filter(old_id__in=pks).values_list("old_id", "new_id"))
        return list(dict.fromkeys(into.get(pk, pk) for pk in pks))

    def rows_by_code(self, model: type[models.Model], codes: Iterable[str]) -> dict[str, models.Model]:
        """Old code → the row it stands for now."""
        merged = self.of(model).filter(old_code__in=list(codes)).exclude(old_code="").order_by("at", "pk")
        found = dict(merged.values_list("old_code", "new_id"))
        rows = model._default_manager.in_bulk(found.values())
        return {code: rows[pk] for code, pk in found.items() if pk in rows}

    def codes_before(self, model: type[models.Model], codes: Iterable[str]) -> list[str]:
        """The old codes of all that went into the rows that have these."""
        rows = model._default_manager.filter(code__in=list(codes))
        return list(self.of(model).filter(new_id__in=rows.values("pk")).exclude(old_code="").values_list("old_code", flat=True))
