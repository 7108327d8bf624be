"""What a person reads of her notices: those whose things she may still see, in the active language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from search import sources

from ..models import Notice
from .kinds import Kind, kind_of

SHOWN_AT_MOST = 99


@dataclass(frozen=True)
class Line:
    notice: Notice
    kind: Kind
    text: str
    address: str


def lines(user, notices: Iterable[Notice]) -> list[Line]:
    """Each kind is asked once what of its things she may still see."""
    notices = list(notices)
    shown = visible_pks(user, notices)
    return [line(notice, kind_of(notice.kind)) for notice in notices if notice.pk in shown]


def line(notice: Notice, kind: Kind) -> Line:
    return Line(notice, kind, kind.text(notice), way(notice, kind))


def way(notice: Notice, kind: Kind) -> str:
    """Pages of readers stand under their language, the CMS does not."""
    address = kind.address(notice)
    return address if address.startswith("/cms/") else f"/{get_language()}{address}"


def visible_pks(user, notices: Iterable[Notice]) -> set[int]:
    by_kind = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind, notice.source].append(notice)
    shown = set()
    for (key, source), rows in by_kind.items():
        if kind := kind_of(key):
            seen = visible_things(user, kind, source, [row.object_id for row in rows])
            shown |= {row.pk for row in rows if row.object_id in seen}
    return shown


def visible_things(user, kind: Kind, source: str, ids: list[int]) -> set[int]:
    if kind.visible:
        return kind.visible(user, ids)
    known = sources.get(source)
    return known.visible_ids(user, ids) if known else set(ids)


def count_unread(user) -> int:
    """No further than a counter shows."""
    return Notice.objects.visible_to(user).unread().order_by()[: SHOWN_AT_MOST + 1].count()


def counter(number: int) -> str:
    return f"{SHOWN_AT_MOST}+" if number > SHOWN_AT_MOST else str(number or "")
