from dataclasses import replace

import pytest
from django.conf import settings
from django.db import models

from search import audiences, feeding, sources
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.client import feeders
from search.engines.embedded import ranking
from search.entries import Findable, Part, put_entry, remove_entry
from search.find import search
from search.models import Entry, Withdrawal
from search.query import SearchQuery


class Thing(models.Model):  # noqa: DJ008 - nobody reads its name
    """What stands on a shelf, as its app knows it: here the entries themselves, by their own numbers."""

    object_id = models.PositiveBigIntegerField(primary_key=True)
    source = models.CharField(max_length=32)

    class Meta:
        app_label, db_table, managed = "shelves", "search_entry", False


class Shelf:
    """A source of books, as an app would register it, and a reader who asks."""

    def __init__(self, key: str):
        self.key = key
        self.things: dict[int, Findable] = {}
        self.hidden: set[int] = set()
        self.asked = 0
        sources.register(
            sources.Source(
                key=key,
                label=key,
                template="book.html",
                visible=self.visible,
                all_entries=lambda: iter(list(self.things.values())),
            )
        )

    def visible(self, user):
        self.asked += 1
        return Thing.objects.filter(source=self.key).exclude(pk__in=self.hidden)

    def put(self, title, text="", *, pages=None, **fields):
        number = fields.pop("object_id", len(self.things) + 1)
        parts = [Part(text=page, page=index, label="file.pdf") for index, page in enumerate(pages, 1)] if pages else [Part(text=text)]
        thing = Findable(source=self.key, object_id=number, title=title, language=fields.pop("language", "kk"), parts=parts, **fields)
        self.things[number] = thing
        return put_entry(thing)

    def change(self, number, **fields):
        self.things[number] = replace(self.things[number], **fields)
        return put_entry(self.things[number])

    def ask(self, text="", *, audience=("public",), satisfied=(), **fields):
        query = SearchQuery(text=text, audience=frozenset(audience), satisfied=frozenset(satisfied), **fields)
        return search(query, user=None)

    def titles(self, text="", **fields):
        return [hit.entry.title for hit in self.ask(text, **fields)]


@pytest.fixture
def engine(request):
    """Which one answers: the embedded, unless a test is asked of several."""
    if getattr(request, "param", "embedded") == "elasticsearch":
        request.getfixturevalue("answering")


@pytest.fixture
def shelf(db, monkeypatch, engine):
    monkeypatch.setattr(sources, "_sources", {})
    monkeypatch.setattr(audiences, "_tokens", [lambda user: ["public"]])
    monkeypatch.setattr(audiences, "_requirements", [])
    monkeypatch.setattr(ranking, "_samples", {})
    for entry in Entry.objects.all():
        remove_entry(entry.source, entry.object_id)
    Withdrawal.objects.all().delete()
    return Shelf("book")


@pytest.fixture
def other_shelf(shelf):
    return Shelf("film")


@pytest.fixture
def answering(fed, settings, monkeypatch):
    """The cluster answers, and has heard of everything by then."""
    settings.SEARCH_ENGINE = "elasticsearch"
    for name in ("find", "newest", "similar"):
        monkeypatch.setattr(ElasticsearchEngine, name, after_feeding(getattr(ElasticsearchEngine, name)))


def after_feeding(asked):
    def ask(engine, query):
        feeding.feed()
        feeders().indices.refresh(index=settings.ELASTICSEARCH["index"])
        return asked(engine, query)

    return ask
