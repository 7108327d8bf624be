"""Names and titles in what members wrote, filled in when it is read: all sources are asked at once for all the texts of a page.

What this reader may not see, or nobody knows, stays a bare link.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from portal.models import User
from portal.refs import Ref
from search import sources
from search.models import Entry

LINK = re.compile(r'(<p>)?<a data-ref="([a-z]+):(\d+)" href="([^"]*)">(.*?)</a>(</p>)?', re.S)
PREFIXED = re.compile(r"/(?:kk|ru|en)/")
POST = re.compile(r"/topics/\d+/(\d+)/")


@dataclass(frozen=True)
class Card:
    title: str
    language: str
    kind: Any


class Cards:
    def __init__(self, user, texts: Iterable[str], *, topic: int = 0, people: Iterable[User] = ()):
        """`topic`: where the texts stand; a link to a post beside them needs no title. `people`: who is named on the page anyway."""
        refs = defaultdict(set)
        for text in texts:
            for _start, source, number, *_rest in LINK.findall(text):
                refs[source].add(int(number))
        self.topic, named = topic, refs.pop("people", set())
        self.names = {person.pk: person.get_full_name() for person in people if person.is_active}
        if unknown := named - self.names.keys():
            self.names |= names_of(user, unknown)
        self.known = cards_of(user, refs) if refs else {}

    def fill(self, text: str) -> SafeString:
        """`text` is what writing.render has made."""
        return mark_safe(LINK.sub(self.drawn, text))  # noqa: S308 - cleaned when it was written, escaped here

    def drawn(self, link: re.Match) -> str:
        start, source, number, place, words, end = link.groups(default="")
        ref, href = Ref(source, int(number)), place if PREFIXED.match(place) else f"/{get_language()}{place}"
        is_bare = words == place
        if source == "people":
            return f"{start}{self.person(ref.id, href)}{end}"
        post = POST.fullmatch(place)
        if is_bare and post and ref == Ref("topics", self.topic):
            return f'{start}<a class="ref" href="{href}">№ {post[1]}</a>{end}'
        card = self.known.get(ref)
        if not (card and is_bare):
            return f'{start}<a href="{href}">{href if is_bare else words}</a>{end}'
        title = escape(card.title) + (f" · № {post[1]}" if post else "")
        kind = f'<span class="ref-kind" lang="{get_language()}">{escape(card.kind)}</span>'
        alone = " ref-card" if start and end else ""
        return f'{start}<a class="ref{alone}" href="{href}"><span lang="{card.language}">{title}</span> {kind}</a>{end}'

    def person(self, pk: int, href: str) -> str:
        """By the name she bears now."""
        if pk not in self.names:
            nobody = pgettext("instead of a name", "former colleague")
            return f'<span lang="{get_language()}">{escape(nobody)}</span>'
        return f'<a class="ref ref-person" href="{href}">{escape(self.names[pk])}</a>'


def names_of(user, ids: set[int]) -> dict[int, str]:
    return {person.pk: person.get_full_name() for person in User.objects.visible_to(user).filter(pk__in=ids)}


def cards_of(user, refs: dict[str, set[int]]) -> dict[Ref, Card]:
    """One query for who sees what, and one for the titles."""
    visible = sources.visible_to(user, refs)
    wanted = Q(pk__in=[])
    for key in refs:
        wanted |= Q(source=key, object_id__in=[pk for source, pk in visible if source == key])
    entries = Entry.objects.filter(wanted) if visible else ()
    return {Ref(row.source, row.object_id): Card(row.title, row.language, sources.get(row.source).label) for row in entries}
