"""What can be derived, derived again and compared."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from portal.models import Act

from .moves import TABLES


class Difference(NamedTuple):
    kind: str
    pk: int
    field: str
    says: object
    has: object


def unexplained_states() -> Iterator[Difference]:
    """Rows that are in another state than the one in which their last act left them, or in which they began."""
    for model, table in TABLES.items():
        acts = Act.objects.filter(
            source=table.source, object_id=OuterRef("pk"), verb__startswith=f"{table.source} ", after__has_key="state"
        )
        last = Subquery(acts.order_by("-pk").annotate(left=KeyTextTransform("state", "after")).values("left")[:1])
        told = Coalesce(Cast(last, CharField()), Value(table.start))
        for pk, says, has in model._base_manager.annotate(told=told).exclude(state=F("told")).values_list("pk", "state", "told"):
            yield Difference(table.source, pk, "state", says, has)
