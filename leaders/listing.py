"""The applications of a cohort as those who select see them: filtered, the newest or the best first, page by page."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from portal import vocabularies
from portal.models import Region
from portal.paging import LARGEST_KEY, SIZE, KeysetPage, address, aware, newest_first

from .models import Application, Cohort, Endorsement, Review

BEST = "best"
FILTERS = {"state": "state", "stage": "stage", "region": "region__code"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it cannot mean is left out."""

    state: str = ""
    stage: int = 0
    region: str = ""
    best_first: bool = False

    @classmethod
    def of(cls, given: QueryDict) -> "Asked":
        state = given.get("state", "")
        known = state if state in Application.State.values else ""
        region = given.get("region", "")
        known_region = region if region in vocabularies.labels(Region) else ""
        return cls(known, number(given.get("stage", "")), known_region, given.get("order") == BEST)

    def narrow(self, applications: QuerySet) -> QuerySet:
        chosen = {path: value for name, path in FILTERS.items() if (value := getattr(self, name))}
        return applications.filter(**chosen)


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def sent_to(user, cohort: Cohort) -> QuerySet:
    return Application.objects.visible_to(user).filter(cohort=cohort).sent()


def counts(applications: QuerySet) -> dict[str, int]:
    return dict(applications.order_by().values_list("state").annotate(number=Count("pk")))


def one_page(request, applications: QuerySet, asked: Asked) -> KeysetPage:
    rows = with_marks(asked.narrow(applications).select_related("user", "school", "stage"))
    return ranked(request, rows) if asked.best_first else newest_first(request, rows, "submitted_at")


def with_marks(rows: QuerySet) -> QuerySet:
    """How far the reading is, and what the head has said."""
    handed_in = Review.objects.filter(application=OuterRef("pk"), stage=OuterRef("stage"), state="handed-in").order_by()
    endorsed = Endorsement.objects.filter(application=OuterRef("pk")).exclude(state="withdrawn").order_by("-asked_at", "-pk")
    number = handed_in.values("application").annotate(number=Count("pk")).values("number")
    return rows.annotate(readings=Subquery(number), endorsed=Subquery(endorsed.values("state")[:1]))


def ranked(request, rows: QuerySet) -> KeysetPage:
    """The best first; of equals who was there first. Whoever has no result yet is not ranked."""
    rows = rows.exclude(score=None).order_by("-score", "submitted_at", "pk")
    if cursor := read_cursor(request.GET.get("after", "")):
        score, at, pk = cursor
        later = Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk)
        rows = rows.filter(Q(score__lt=score) | (Q(score=score) & later), score__lte=score)
    found = list(rows[: SIZE + 1])
    page = KeysetPage(found[:SIZE], previous_url=address(request) if request.GET.get("after") else "")
    if len(found) > SIZE:
        last = page.rows[-1]
        page.next_url = address(request, after=f"{last.score}~{last.submitted_at}~{last.pk}")
    return page


def read_cursor(text: str) -> tuple | None:
    """Where the page before stopped; None when this was never written by `ranked`."""
    try:
        score, at, pk = text.split("~")
        points, key = Decimal(score), int(pk)
        return (points, aware(at), key) if 0 <= points <= 100 and 0 <= key < LARGEST_KEY else None
    except (ValueError, OverflowError, InvalidOperation):
        return None
