"""What the box that searches everything offers while somebody types: a few things of each kind, drawn as lines that lead there."""

from django.conf import settings
from django.utils.translation import get_language

from search import sources
from search.find import offer
from search.models import Entry

from . import seams
from .text import plain
from .vocabularies import language_labels, subject_labels

SHORTEST, MOST, OF_A_KIND = 2, 9, 3


def offered(text: str, user) -> list[dict]:
    """Kinds in the order of the tabs, each with its lines; no kind crowds out another."""
    if len(text.strip()) < SHORTEST:
        return []
    kinds = tuple(source.key for key in settings.SEARCH_TABS if (source := sources.get(key)) and not source.within)
    found = offer(text, sources=kinds, user=user, limit=OF_A_KIND)
    groups = [{"label": sources.get(kind).label, "lines": list(map(line, found[kind]))} for kind in kinds if kind in found]
    groups += [group for offering in seams.offered if (group := offering(text, user))]
    return shared_out([group for group in groups if group["lines"]])


def shared_out(groups: list[dict]) -> list[dict]:
    shown = [0] * len(groups)
    for place in range(OF_A_KIND):
        for number, group in enumerate(groups):
            shown[number] += place < len(group["lines"]) and sum(shown) < MOST
    return [{**group, "lines": group["lines"][:number]} for group, number in zip(groups, shown, strict=True) if number]


def line(entry: Entry) -> dict:
    label = name_of(entry)
    language = entry.language if label == entry.title else ""
    return {"label": label, "hint": hint_of(entry), "lang": language, "url": address_of(entry)}


def hint_of(entry: Entry) -> str:
    """What tells two of the same name apart: the place of a school, the subject of an objective, the languages of a group."""
    said = {"objectives": ("subject", subject_labels), "groups": ("language", language_labels)}.get(entry.source)
    if not said:
        return entry.data.get("locality", "")
    facet, labels = said
    return ", ".join(map(str, labels(entry.facets.get(facet, [])).values()))


def name_of(entry: Entry) -> str:
    """In the reader's language, where it has one in it."""
    names, texts = entry.data.get("names") or entry.data.get("titles") or {}, entry.data.get("texts") or {}
    if text := texts.get(get_language()):
        return f"{entry.data['code']} {plain(text)}"
    return names.get(get_language()) or entry.title


def address_of(entry: Entry) -> str:
    urls = entry.data.get("urls")
    if urls:
        return urls.get(get_language()) or next(iter(urls.values()))
    if entry.source == "pages":
        return entry.data["url"]
    return f"/{get_language()}{sources.get(entry.source).path(entry.object_id)}"
