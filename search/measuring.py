"""Measuring what an engine finds, on collections of judged queries, in a scratch database that is thrown away."""

import json
import math
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.db import connections

from .engines import get_engine, has_cluster
from .engines.embedded import schema
from .entries import EVERYONE, Findable, Part, put_entries
from .models import ClusterIndex, Entry
from .query import SearchQuery

DEPTH = 10
# A title shared by this many documents names the collection they come from, not what they say.
COMMON_TITLE = 10
# As it is typed on a Russian keyboard
RUSSIAN_KEYS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


class JudgedSet:
    """`NAME:SPLIT` or `NAME+mix:SPLIT` (with every other collection of the folder as distractors)."""

    def __init__(self, folder: Path, name: str):
        self.folder, self.name = folder, name
        collection, self.split = name.split(":")
        self.collection, _plus, self.mix = collection.partition("+")

    def documents(self) -> Iterator[tuple[str, str, str]]:
        """Name, title and text. Where titles are the queries they are left out, for they would answer themselves."""
        names = [self.collection]
        if self.mix:
            names += sorted(path.parent.name for path in self.folder.glob("*/corpus.jsonl") if path.parent.name != self.collection)
        for name in names:
            documents = [json.loads(line) for line in (self.folder / name / "corpus.jsonl").read_text("utf-8").splitlines() if line.strip()]
            titles = Counter(document.get("title", "") for document in documents)
            titled = not self.split.startswith("title") and len(documents) < COMMON_TITLE * len(titles)
            for document in documents:
                key = document["id"] if name == self.collection else f"{name}/{document['id']}"
                yield key, document.get("title", "") if titled else "", document["text"]

    def queries(self) -> list[tuple[str, str]]:
        return [(row[0], row[1]) for row in self._table("queries")]

    def relevant(self) -> dict[str, set[str]]:
        relevant = defaultdict(set)
        for query, document, grade in self._table("qrels"):
            if int(grade) > 0:
                relevant[query].add(document)
        return relevant

    def _table(self, kind: str) -> list[list[str]]:
        path = self.folder / self.collection / f"{kind}.{self.split}.tsv"
        return [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip()]


def measure(judged: JudgedSet, engine: str, *, plainly: bool = False) -> float:
    """Mean nDCG@10; `plainly` asks without Kazakh letters."""
    relevant = judged.relevant()
    with scratch_database() as using:
        names = index(judged.documents(), using)
        asked = get_engine(engine, using=using)
        asked.optimise()
        gains = []
        for key, text in judged.queries():
            if relevant[key]:
                text = text.translate(RUSSIAN_KEYS) if plainly else text
                found = asked.find(SearchQuery(text=text, audience={EVERYONE}, size=DEPTH))
                gains.append(ndcg([names[match.entry_id] for match in found.matches], relevant[key]))
    return sum(gains) / len(gains)


def index(documents: Iterator[tuple[str, str, str]], using: str) -> dict[int, str]:
    names = {}

    def things() -> Iterator[Findable]:
        for number, (name, title, text) in enumerate(documents, 1):
            names[number] = name
            yield Findable(source="document", object_id=number, title=title, parts=[Part(text=text)])

    put_entries(things(), using=using)
    return {pk: names[number] for pk, number in Entry.objects.using(using).values_list("pk", "object_id")}


def ndcg(ranked: list[str], relevant: set[str]) -> float:
    gained = sum(1 / math.log2(place + 2) for place, name in enumerate(ranked[:DEPTH]) if name in relevant)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(DEPTH, len(relevant))))


@contextmanager
def scratch_database() -> Iterator[str]:
    """The tables of search and nothing else: in a file of their own on SQLite, in a schema of their own on PostgreSQL."""
    alias = f"search_scratch_{uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory() as folder:
        connections.settings[alias] = _scratch_settings(alias, folder)
        connection = connections[alias]
        try:
            if connection.vendor == "postgresql":
                _run(connection, f'CREATE SCHEMA "{alias}"')
            with connection.schema_editor() as editor:
                for model in apps.get_app_config("search").get_models():
                    editor.create_model(model)
            with connection.schema_editor() as editor:
                schema.create(apps, editor)
            yield alias
        finally:
            if has_cluster():
                _forget_indexes(alias)
            if connection.vendor == "postgresql":
                _run(connection, f'DROP SCHEMA IF EXISTS "{alias}" CASCADE')
            connection.close()
            del connections[alias]
            del connections.settings[alias]


def _forget_indexes(alias: str) -> None:
    from .engines.elasticsearch.client import feeders

    for name in ClusterIndex.objects.using(alias).values_list("name", flat=True):
        feeders().options(ignore_status=404).indices.delete(index=name)


def _scratch_settings(alias: str, folder: str) -> dict:
    own = connections["default"].settings_dict
    options = dict(own.get("OPTIONS", {}))
    if connections["default"].vendor == "postgresql":
        return {**own, "OPTIONS": {**options, "options": f"-c search_path={alias}"}}
    return {**own, "NAME": str(Path(folder) / "scratch.sqlite3"), "OPTIONS": options}


def _run(connection, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
