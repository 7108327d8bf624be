"""What a person reads of her notices: those whose things she may still see, in the active language."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from search import sources

from ..models import Notice
from .kinds import Kind, kind_of

log = logging.getLogger(__name__)
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
    return list(filter(None, (line_of(notice) for notice in notices if notice.pk in shown)))


def line_of(notice: Notice) -> Line | None:
    """None for one of an earlier day, whose kind is gone or whose data no longer say what its text asks: it holds up no other."""
    kind = kind_of(notice.kind)
    try:
        return kind and Line(notice, kind, kind.text(notice), way(notice, kind))
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        log.warning("Notice %d, of the kind %s, cannot be told: %s", notice.pk, kind.key, type(error).__name__)
        return None


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
    return {pk for _source, pk in sources.visible_to(user, {source: ids})} if sources.get(source) else set(ids)


def count_unread(user) -> int:
    """No further than a counter shows."""
    return Notice.objects.visible_to(user).unread().order_by()[: SHOWN_AT_MOST + 1].count()


def counter(number: int) -> str:
    return f"{SHOWN_AT_MOST}+" if number > SHOWN_AT_MOST else str(number or "")
