"""Keyset pages: a long list goes on from the row where it stopped, however far down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce

from django.db.models import Q

SIZE = 20
# What a database can compare a key with
LARGEST_KEY = 2**63
day = date.fromisoformat


@dataclass
class KeysetPage:
    rows: list
    older_url: str = ""
    newer_url: str = ""
    next_url: str = ""
    previous_url: str = ""


def aware(text: str) -> datetime:
    """In UTC at once: at the ends of the calendar a database could not change the zone."""
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo:
        raise ValueError(text)
    return moment.astimezone(UTC)


def place(text: str) -> str:
    """Of a page in the tree: those of one section stand in its order."""
    if not (text.isascii() and text.isalnum()):
        raise ValueError(text)
    return text


def newest_first(request, queryset, moment: str, *, pk: str = "pk", parse: Callable = aware) -> KeysetPage:
    """One page of a queryset ordered by `-moment, -pk`; both may follow relations. A moment that is a day is parsed by `day`."""
    page, further = keyset(request, queryset.order_by(f"-{moment}", f"-{pk}"), moment, pk, "lt", parse)
    page.older_url, page.newer_url = further, address(request) if request.GET.get("after") else ""
    return page


def oldest_first(request, queryset, moment: str, *, pk: str = "pk", parse: Callable = aware, size: int = SIZE) -> KeysetPage:
    """The same from the other end, for queues and for pages by their `place`; what is older was on the page before."""
    page, further = keyset(request, queryset.order_by(moment, pk), moment, pk, "gt", parse, size=size)
    page.next_url, page.previous_url = further, address(request) if request.GET.get("after") else ""
    return page


def keyset(
    request, queryset, moment: str, pk: str, beyond: str, parse: Callable, drawn: Callable | None = None, size: int = SIZE
) -> tuple[KeysetPage, str]:
    """The rows beyond the cursor, and the address where they go on."""
    rows = queryset
    if after := read_cursor(request.GET.get("after", ""), parse):
        at, last = after
        # The first condition lets an index begin at the cursor: of the second PostgreSQL would look at every row before it.
        rows = rows.filter(Q(**{f"{moment}__{beyond}": at}) | Q(**{moment: at, f"{pk}__{beyond}": last}), **{f"{moment}__{beyond}e": at})
    found = list(rows[: size + 1])
    if len(found) <= size:
        return KeysetPage(found), ""
    at, last = (reduce(getattr, path.split("__"), found[size - 1]) for path in (moment, pk))
    return KeysetPage(found[:size]), address(request, after=f"{at}~{last}")


def read_cursor(text: str, parse: Callable) -> tuple[date | str, int] | None:
    """Where the last page stopped; None when this was never written by `newest_first`."""
    at, _, last = text.partition("~")
    try:
        key = int(last)
        return (parse(at), key) if 0 <= key < LARGEST_KEY else None
    except (ValueError, OverflowError):
        return None


def address(request, **changes) -> str:
    parts = request.GET.copy()
    parts.pop("after", None)
    for name, value in changes.items():
        parts[name] = value
    return f"{request.path}?{parts.urlencode()}" if parts else request.path
