"""Links of the editors' pages that lead nowhere. What stands on the portal is looked up; of other addresses only the writing is read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page
from wagtail.signals import page_published

from search import sources

from .models import BrokenLink, Document
from .refs import Ref

PAGES_AT_ONCE = 100
LONGEST = BrokenLink._meta.get_field("address").max_length
OTHER_SCHEMES = ("mailto:", "tel:", "#")
THING = re.compile(r"/(?:(?:kk|ru|en)/)?([a-z]+)/(\d{1,18})/")
is_web_address = URLValidator(schemes=["http", "https"])


@dataclass
class Link:
    """`target` is the id of a page or of a document, or an address; `words` is what a reader presses."""

    page_pk: int
    kind: str
    target: str
    words: str = ""

    @property
    def number(self) -> int | None:
        return int(self.target) if self.target.isdecimal() else None

    @property
    def shown(self) -> str:
        return (self.target if self.kind == "address" else self.words or self.target)[:LONGEST]


class Links(HTMLParser):
    """The links of a rich text as Wagtail keeps it."""

    def __init__(self, page_pk: int, text: str):
        super().__init__()
        self.page_pk, self.found, self.is_open = page_pk, [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("linktype") in ("page", "document"):
            self.found.append(Link(self.page_pk, given["linktype"], given.get("id") or ""))
        elif tag == "a" and "href" in given:
            self.found.append(Link(self.page_pk, "address", given["href"] or ""))
        self.is_open = self.is_open or tag == "a"

    def handle_endtag(self, tag):
        self.is_open = self.is_open and tag != "a"

    def handle_data(self, data):
        if self.is_open and self.found:
            self.found[-1].words += data


def links_of(page) -> Iterator[Link]:
    body = getattr(page, "body", None)
    for block in body.get_prep_value() if body else []:
        if block["type"] == "text":
            yield from Links(page.pk, block["value"]).found
        elif block["type"] == "file":
            yield Link(page.pk, "document", str(block["value"] or ""))
        elif block["type"] == "video":
            yield Link(page.pk, "address", block["value"]["address"])
    if getattr(page, "join_url", ""):
        yield Link(page.pk, "address", page.join_url)


@transaction.atomic
def check_links(pages: list) -> None:
    """Three queries for all the pages, however many links they hold; then what was found replaces what was known."""
    links = [link for page in pages for link in links_of(page)]
    known = Known(links)
    refused = [(link, reason) for link in links if (reason := known.refusal(link))]
    BrokenLink.objects.filter(page__in=[page.pk for page in pages]).delete()
    BrokenLink.objects.bulk_create(BrokenLink(page_id=link.page_pk, address=link.shown, reason=reason) for link, reason in refused)


class Known:
    """What of the targets of these links exists."""

    def __init__(self, links: list[Link]):
        live = Page.objects.live()
        numbers = {kind: {link.number for link in links if link.kind == kind} - {None} for kind in ("page", "document")}
        paths = {own_path(link.target) for link in links if link.kind == "address"} - {""}
        self.pages = set(live.filter(pk__in=numbers["page"]).values_list("pk", flat=True))
        self.documents = set(Document.objects.filter(pk__in=numbers["document"]).values_list("pk", flat=True))
        self.paths = set(live.filter(url_path__in=paths).values_list("url_path", flat=True))

    def refusal(self, link: Link) -> str:
        if link.kind == "page":
            return "" if link.number in self.pages else BrokenLink.Reason.PAGE
        if link.kind == "document":
            return "" if link.number in self.documents else BrokenLink.Reason.DOCUMENT
        if path := own_path(link.target):
            return "" if path in self.paths or answers(path) else BrokenLink.Reason.ADDRESS
        return "" if is_well_written(link.target) else BrokenLink.Reason.WRITING


def pages_at(paths: Iterable[str]) -> dict[str, Ref]:
    """The editors' pages at these paths, whoever may read them. A page that presents something else is found as that."""
    pages = Page.objects.filter(url_path__in=paths).specific() if paths else ()
    return {page.url_path: getattr(page, "presented", None) or Ref("pages", page.pk) for page in pages}


def thing_at(address: str) -> Ref | None:
    """What can be found stands at the key of its source and its id, an editor's page at its own path."""
    path = own_path(address)
    found = THING.match(path)
    if found and (source := sources.at(found[1])):
        return Ref(source.key, int(found[2]))
    return pages_at({path}).get(path) if path else None


def own_path(address: str) -> str:
    """The path of an address on this portal, else nothing."""
    if address.startswith(settings.SITE_URL + "/"):
        address = address.removeprefix(settings.SITE_URL)
    return urlsplit(address).path if address.startswith("/") and not address.startswith("//") else ""


def answers(path: str) -> bool:
    """Whether a view other than that of the editors' pages, which takes every path, stands at this address."""
    try:
        with override(get_language_from_path(path) or settings.FIRST_LANGUAGE):
            return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def is_well_written(address: str) -> bool:
    if address.startswith(OTHER_SCHEMES):
        return True
    try:
        is_web_address(address)
    except ValidationError:
        return False
    return True


def check_all_links() -> None:
    """By the clock: a page may break by what happens to another one."""
    keys = list(Page.objects.live().filter(depth__gt=1).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PAGES_AT_ONCE):
        check_links(list(Page.objects.filter(pk__in=keys[start : start + PAGES_AT_ONCE]).specific()))
    BrokenLink.objects.filter(page__live=False).delete()


def follow_published(sender, instance, **kwargs) -> None:
    check_links([instance.specific])


def register() -> None:
    page_published.connect(follow_published, dispatch_uid="links")
