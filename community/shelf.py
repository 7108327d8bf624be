"""The shelf of a group: materials that a stored question finds. Which app they are of is for the search to know."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from search import sources
from search.find import search
from search.query import SearchQuery
from search.results import SearchResults

from .models import Group

SOURCE = "materials"
FACETS = ("subject", "grade", "type")
SHOWN = 20


def question_of(group: Group) -> dict:
    """What its owner asks for; else its own subject and grades; empty where it has neither."""
    if group.shelf:
        return group.shelf
    facets = {"subject": [group.subject.code] if group.subject else [], "grade": [grade.code for grade in group.grades.all()]}
    return {"text": "", "facets": facets} if any(facets.values()) else {}


def found(user, question: dict) -> SearchResults:
    return search(SearchQuery.for_user(user, sources=(SOURCE,), size=SHOWN, text=question["text"], facets=question["facets"]), user=user)


def address(question: dict) -> str:
    """All of them, on the page of the search."""
    asked = {"q": question["text"], "in": SOURCE, **question["facets"]}
    return f"{reverse('search')}?{urlencode({name: value for name, value in asked.items() if value}, doseq=True)}"


def choices(chosen: Mapping[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """Of each facet the codes that materials have, and those that were chosen when they still had them."""
    source = sources.get(SOURCE)
    counts = search(SearchQuery.for_user(AnonymousUser(), sources=(SOURCE,), wanted=FACETS, size=1), user=AnonymousUser()).facets
    codes = {name: [*(count.code for count in counts.get(name, [])), *chosen.get(name, [])] for name in FACETS}
    facets = {facet.name: facet for facet in source.facets} if source else {}
    return {name: list(facets[name].labels(codes[name]).items()) if name in facets else [] for name in FACETS}
