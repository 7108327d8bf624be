"""What members write: Markdown, with people and things of the portal drawn when it is read.

A link to a page of the portal is kept as `<a data-ref="materials:7">`: whoever reads sees the title of what she may see, and a bare link
of what she may not (see cards.py).
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from portal import text as portal_text
from portal.links import own_path, pages_at
from portal.refs import Ref
from search import sources

LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.S)
REF = re.compile(r'data-ref="([a-z]+:\d+)"')
# A thing stands at the key of its source and its id; of a topic a single post may be meant.
THING = re.compile(r"/(?:(?:kk|ru|en)/)?((topics)/(\d{1,18})/\d{1,9}/|([a-z]+)/(\d{1,18})/)")


@dataclass(frozen=True)
class Rendered:
    html: str

    @property
    def refs(self) -> list[Ref]:
        return [Ref.parse(found) for found in dict.fromkeys(REF.findall(self.html))]

    @property
    def mentioned(self) -> list[int]:
        return [ref.id for ref in self.refs if ref.source == "people"]


def render(written: str) -> Rendered:
    html = portal_text.render(written, portal_text.LINKING)
    paths = {own_path(unescape(address)) for address, _words in LINK.findall(html)} - {""}
    known = things_at(paths)
    return Rendered(LINK.sub(lambda link: marked(link, known), html))


def things_at(paths: set[str]) -> dict[str, tuple[Ref, str]]:
    """Which of these addresses are those of things, and where each stands without a language."""
    things = {}
    for path in paths:
        found = THING.fullmatch(path)
        if found and (source := sources.at(found[2] or found[4])):
            things[path] = Ref(source.key, int(found[3] or found[5])), f"/{found[1]}"
    pages = pages_at(paths - things.keys())
    return things | {path: (ref, path) for path, ref in pages.items()}


def marked(link: re.Match, known: dict[str, tuple[Ref, str]]) -> str:
    """An address that was pasted bare is given the title of its thing, words of the writer stay."""
    address = unescape(link[1])
    if own_path(address) not in known:
        return link[0]
    ref, place = known[own_path(address)]
    words = escape(place) if unescape(link[2]) == address else link[2]
    return f'<a data-ref="{ref}" href="{escape(place)}">{words}</a>'
