"""What can be derived, derived again and compared."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from portal.models import Act

from .actions.scores import share
from .models import Application, StageResult
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


def unexplained_scores() -> Iterator[Difference]:
    """Applications that are ranked by another score than that of the last stage in which they have a result."""
    results = StageResult.objects.select_related("stage").order_by("application", "stage__position")
    last = {result.application_id: share(result.score, result.stage) for result in results.iterator()}
    for pk, score in Application.objects.order_by("pk").values_list("pk", "score").iterator():
        if score != last.get(pk):
            yield Difference("applications", pk, "score", score, last.get(pk))
