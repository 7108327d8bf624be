"""The one results page: everything found, or one source as a tab; a list of materials is a search without words."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from search import sources
from search.analysis import codes_typed
from search.find import search
from search.pins import pinned_for
from search.query import NEWEST, RELEVANCE, SearchQuery
from search.understanding import understand

from ..actions.saved_searches import plain_question
from ..asking import signed_question
from ..lifting import COOKIE, OFF, is_on, own_codes
from ..models import SavedSearch
from .pages import back_with_cookie

# The first results are the best ones; a list is leafed through.
RESULTS_ON_A_PAGE, LISTED_ON_A_PAGE = 20, 30
PAGES_SHOWN, PAGES_AROUND = 15, 2


def results_page(request, source: str = "", head: str = "", **above):
    """After a facet was pressed htmx takes its parts out of the whole page: the list and the counts. `head` is a template of the source's
    app for what stands above them, `above` what it draws."""
    asked = Asked.of(request, source)
    query = asked.query(request.user).but(own=own_codes(request))
    results = search(query, user=request.user, pinned=pinned_for(asked.text, request.LANGUAGE_CODE), naming=asked.lifting_for)
    question = signed_question(request, asked, results.total or len(results.pinned))
    guess = guess_shown(asked, results)
    if guess:
        asked, results = replace(asked, text=guess["text"]), results.guess
    context = {
        "asked": asked,
        "head": head,
        "results": results,
        "search_text": asked.text,
        "tabs": tabs(asked, results),
        "facets": facets(asked, results),
        "chips": chips(asked),
        "guess": guess,
        "understood": understood(asked),
        "nearest": [nearest(asked, near) for near in results.nearest],
        "pagination": pagination(asked, results),
        "sorts": sorts(asked),
        "saving": saving(request.user, asked),
        "own_first": own_first(request, asked),
        "question": question,
        **above,
    }
    return render(request, "portal/search.html", context)


@dataclass(frozen=True)
class Asked:
    """What stands in the address of a results page."""

    path: str
    fixed_source: str
    source: str
    text: str
    chosen: dict[str, tuple[str, ...]]
    sort: str
    page: int
    cursor: str
    literally: bool
    # What the words seem to name and the reader does not mean: `grade:7`
    refused: tuple[str, ...]

    @classmethod
    def of(cls, request, fixed_source: str) -> "Asked":
        data = request.GET
        source = fixed_source or data.get("in", "")
        shown = tuple(found for found in shown_sources() if not source or found.key == source)
        known = {facet.name: facet for found in shown for facet in found.facets}
        text = data.get("q", "").replace("\x00", " ").strip()
        chosen = sources.current_facets({name: data.getlist(name) for name in sorted(known) if any(data.getlist(name))})
        return cls(
            path=request.path,
            fixed_source=fixed_source,
            source=source if shown else "",
            text=text,
            chosen=chosen,
            sort=NEWEST if data.get("sort") == NEWEST or not text else RELEVANCE,
            page=int(number) if (number := data.get("page", "1")).isascii() and number.isdigit() and len(number) < 5 else 1,
            cursor=data.get("after", ""),
            literally="typed" in data,
            refused=tuple(dict.fromkeys(data.getlist("plain"))),
        )

    @property
    def heading(self) -> str:
        return sources.get(self.fixed_source).label if self.fixed_source else _("Search")

    @cached_property
    def words(self) -> str:
        """Carried along to what is opened, so that it can show where the words stand."""
        return f"?{urlencode({'q': self.text})}" if self.text else ""

    def query(self, user) -> SearchQuery:
        return SearchQuery.for_user(
            user,
            text=self.text,
            sources=(self.fixed_source,) if self.fixed_source else tuple(found.key for found in shown_sources()),
            # A tab is a facet too: the counts of the other tabs stay.
            facets=self.chosen | ({"source": (self.source,)} if self.source else {}),
            named=self.lifting,
            behind=() if self.source else tuple(found.key for found in shown_sources() if found.is_register),
            wanted=("source", *(facet.name for facet in self.offered)),
            sort=self.sort,
            page=self.page,
            cursor=self.cursor,
            literally=self.literally,
            size=RESULTS_ON_A_PAGE if self.text else LISTED_ON_A_PAGE,
        )

    @cached_property
    def understood(self) -> dict[str, tuple[str, ...]]:
        """What the words name, by facet; where she has chosen herself, they say nothing more."""
        codes: dict[str, tuple[str, ...]] = {}
        for meaning in understand(self.text, self.facets):
            if meaning.facet not in self.chosen:
                codes[meaning.facet] = (*codes.get(meaning.facet, ()), meaning.code)
        return codes

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        left = {name: tuple(code for code in codes if f"{name}:{code}" not in self.refused) for name, codes in self.understood.items()}
        return {name: codes for name, codes in left.items() if codes}

    @property
    def plain(self) -> list[str]:
        """What is carried along of what she refused: it falls out when the words say it no more."""
        named = {f"{name}:{code}" for name, codes in self.understood.items() for code in codes}
        return [code for code in self.refused if code in named]

    @property
    def lifting(self) -> dict[str, tuple[str, ...]]:
        """A code of an objective leads to it first."""
        return self.named | ({"source": ("objectives",)} if codes_typed(self.text) else {})

    def lifting_for(self, text: str) -> dict[str, tuple[str, ...]]:
        """The same of other words, that are guessed to be meant."""
        return replace(self, text=text).lifting

    @cached_property
    def facets(self) -> list[sources.Facet]:
        found = {}
        for source in shown_sources():
            if not self.source or source.key == self.source:
                for facet in source.facets:
                    found.setdefault(facet.name, facet)
        return list(found.values())

    @cached_property
    def offered(self) -> list[sources.Facet]:
        """Those to narrow by. Over all rooms together that is what several of them know, and what is chosen already; the rest waits
        under its tab."""
        if self.source:
            return self.facets
        rooms = Counter(facet.name for source in shown_sources() for facet in source.facets)
        return [facet for facet in self.facets if rooms[facet.name] > 1 or facet.name in self.chosen]

    def url(self, **changes) -> str:
        """This page's address with some of its parts changed; what is left empty falls out."""
        parts = {"q": changes.pop("text", self.text)}
        if not self.fixed_source:
            parts["in"] = changes.pop("source", self.source)
        if self.text:
            parts["sort"] = changes.pop("sort", "" if self.sort == RELEVANCE else self.sort)
        parts["plain"] = changes.pop("plain", self.plain)
        parts |= {name: changes.pop(name, codes) for name, codes in self.chosen.items()} | changes
        parts.setdefault("typed", "1" if self.literally else "")
        words = urlencode({name: value for name, value in parts.items() if value}, doseq=True)
        return f"{self.path}?{words}" if words else self.path


def shown_sources() -> list[sources.Source]:
    """Sources whose hits are drawn on this page; the others only answer while something is typed."""
    return [source for key in settings.SEARCH_TABS if (source := sources.get(key))]


def tabs(asked: Asked, results) -> list[dict]:
    """Those that hold something, and the one that is open. A filter goes along to a tab that knows it; where one does not, what is counted
    here is not what stands there, so that no number is given."""
    if asked.fixed_source:
        return []
    counts = {facet.code: facet.count for facet in results.facets.get("source", [])}
    drawn = [{"label": _("Everything"), "url": asked.url(source=""), "current": not asked.source}]
    for source in shown_sources():
        unknown = asked.chosen.keys() - {facet.name for facet in source.facets}
        count, current = None if unknown else counts.get(source.key, 0), source.key == asked.source
        if current or count != 0:
            url = asked.url(source=source.key, **dict.fromkeys(unknown, ()))
            drawn.append({"label": source.label, "url": url, "current": current, "count": count})
    return drawn


def facets(asked: Asked, results) -> list[dict]:
    """A facet's values, most frequent first; a chosen one stays even when nothing is left under it."""
    drawn = []
    for facet in asked.offered:
        counts = {count.code: count.count for count in results.facets.get(facet.name, [])}
        chosen = asked.chosen.get(facet.name, ())
        counts |= {code: 0 for code in chosen if code not in counts}
        labels = facet.labels(counts)
        options = [
            {"value": code, "label": labels[code], "count": counts[code], "checked": code in chosen}
            for code in sorted(labels, key=lambda code: -counts[code])
        ]
        if options:
            drawn.append({"title": facet.label, "name": facet.name, "options": options})
    return drawn


def chips(asked: Asked) -> list[dict]:
    return [
        {"text": label, "url": asked.url(**{facet.name: tuple(other for other in asked.chosen[facet.name] if other != code)})}
        for facet in asked.facets
        if facet.name in asked.chosen
        for code, label in facet.labels(asked.chosen[facet.name]).items()
    ]


def understood(asked: Asked) -> list[dict]:
    """What the words were understood to name lifts what holds it. Pressed, it narrows; by its cross the words are words again."""
    known = {facet.name: facet for facet in asked.facets}
    return [
        {
            "text": ", ".join(map(str, known[name].labels(codes).values())),
            "confirm_url": asked.url(**{name: codes}),
            "refuse_url": asked.url(plain=(*asked.plain, *(f"{name}:{code}" for code in codes))),
        }
        for name, codes in asked.named.items()
    ]


def saving(user, asked: Asked) -> dict | None:
    """The button that saves this question, or forgets it."""
    if not user.is_authenticated or not (asked.text or asked.chosen):
        return None
    question = plain_question(asked.text, asked.source, asked.chosen)
    known = SavedSearch.objects.visible_to(user).filter(digest=question.digest).first()
    url = reverse("forget_search", args=[known.pk]) if known else f"{reverse('save_search')}?{question.parameters}"
    return {"url": url, "known": known}


def own_first(request, asked: Asked) -> dict | None:
    """The line that says that what is hers stands higher, and takes it away or brings it back."""
    shown = request.user.is_authenticated and asked.text and asked.sort == RELEVANCE
    return {"is_on": is_on(request), "next": request.get_full_path()} if shown else None


@require_POST
def set_own_first(request):
    return back_with_cookie(request, COOKIE, "" if request.POST.get("own") else OFF)


def named(asked: Asked) -> str:
    """What a saved search is called until its owner gives it another name."""
    return " · ".join([*([asked.text] if asked.text else []), *(chip["text"] for chip in chips(asked))])


def guess_shown(asked: Asked, results) -> dict | None:
    """What is shown instead of what was typed, and the way back to that."""
    if not results.guess:
        return None
    return {"typed": asked.text, "text": results.guess.query.text, "is_partly_found": results.total, "url": asked.url(typed="1")}


def nearest(asked: Asked, near) -> dict:
    """A query close to the one that found nothing: the same words with nothing narrowed."""
    narrowed = asked.chosen if near.query.facets else dict.fromkeys(asked.chosen, ())
    return {"total": near.total, "text": near.query.text, "url": asked.url(text=near.query.text, **narrowed)}


def sorts(asked: Asked) -> list[dict]:
    if not asked.text:
        return []
    return [
        {"label": _("Best match"), "url": asked.url(sort=""), "current": asked.sort == RELEVANCE},
        {"label": _("Newest first"), "url": asked.url(sort=NEWEST), "current": asked.sort == NEWEST},
    ]


def numbered_pages(asked: Asked, last: int) -> list[dict | None]:
    """The first, the last and those around the one that is shown; None stands for a gap."""
    pages = []
    for n in sorted({1, last, *range(max(asked.page - PAGES_AROUND, 1), min(asked.page + PAGES_AROUND, last) + 1)}):
        if pages and n > pages[-1]["number"] + 1:
            pages.append(None)
        pages.append({"number": n, "url": asked.url(page=n), "current": n == asked.page})
    return pages


def pagination(asked: Asked, results) -> dict:
    """Relevance is read by numbered pages; a list by date goes on from where it stopped."""
    if asked.sort == NEWEST:
        older = asked.url(after=results.next_cursor) if results.next_cursor else ""
        return {"older_url": older, "newest_url": asked.url() if asked.cursor else ""}
    last = min(-(-results.total // RESULTS_ON_A_PAGE), PAGES_SHOWN)
    return {
        "pages": numbered_pages(asked, last) if last > 1 else [],
        "previous_url": asked.url(page=asked.page - 1) if asked.page > 1 else "",
        "next_url": asked.url(page=asked.page + 1) if asked.page < last else "",
    }
