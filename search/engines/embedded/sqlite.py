"""The index on SQLite: one FTS5 table of terms that are already analysed, so its tokenizer only splits at blanks."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from ...analysis import QueryWord
from ...models import Entry
from ...ranking import BEGINNINGS, PIECES, STEMS, TITLES
from ...wording import Stems, Wording
from ..document import Document
from .index import BY_DATE, CHUNK_BITS, Filters, Index, Named, Piece, Row
from .ranking import pack

# Its scores carry a factor k1 + 1 that ours do not.
BM25 = f"bm25(search_text, 0, {TITLES}, {STEMS}, {BEGINNINGS})"
BM25_FACTOR = 2.2
# What a match is worth: by the rarity of its terms, or always the same
BM25_SAID, CONSTANT = f"%s * -{BM25}", "%s"
FOUND = "SELECT rowid, {} AS score FROM search_text WHERE search_text MATCH %s"
HOLDING = """SELECT * FROM (SELECT e.id, e.source, e.object_id, held.folded FROM search_names held
    CROSS JOIN search_entry e ON e.id = held.rowid WHERE search_names MATCH %s AND {} ORDER BY held.rowid DESC LIMIT {})"""
BEGINNING = """SELECT * FROM (SELECT e.id, e.source, e.object_id, e.folded FROM search_entry e INDEXED BY search_entry_suggest
    WHERE {} AND e.folded >= %s AND e.folded < %s ORDER BY e.folded LIMIT {})"""
UNNAMED = "FROM search_entry WHERE id NOT IN (SELECT rowid FROM search_names)"
# Sorts behind every letter
LAST = "\U0010ffff"


class SqliteIndex(Index):
    FIELDS = {"g": PIECES}
    FIRST_WEIGHT = 1 / BM25_FACTOR
    # Of the pieces alone
    B = 0.6
    RANKED_AGAIN = 40
    PLACE = "instr"
    PUBLISHED = "(julianday(e.published_at) - 2440587.5) * 86400"

    def create(self, execute) -> None:
        # The signature stands first: it is read far more often than the long columns, which would have to be walked through before it.
        execute("CREATE VIRTUAL TABLE search_text USING fts5(signature UNINDEXED, title, stems, fives, tokenize='ascii')")
        self.create_beside(execute)

    def create_beside(self, execute) -> None:
        # Narrow enough to filter and count tens of thousands of matches without reading their long rows.
        execute("CREATE INDEX IF NOT EXISTS search_entry_match ON search_entry (id, audience_id, source, codes, published_at)")
        # The same for what is offered while somebody types.
        execute("CREATE INDEX IF NOT EXISTS search_entry_suggest ON search_entry (source, folded, audience_id, object_id)")
        execute("CREATE VIRTUAL TABLE IF NOT EXISTS search_names USING fts5(source, folded, tokenize='ascii', prefix='1 2 3')")
        # In the order in which they are counted.
        execute("CREATE INDEX IF NOT EXISTS search_entry_counts ON search_entry (source, audience_id, codes)")

    def drop(self, execute) -> None:
        execute("DROP INDEX IF EXISTS search_entry_counts")
        execute("DROP INDEX IF EXISTS search_entry_suggest")
        execute("DROP INDEX IF EXISTS search_entry_match")
        execute("DROP TABLE IF EXISTS search_names")
        execute("DROP TABLE IF EXISTS search_text")

    def write(self, documents: Iterable[tuple[int, Document]]) -> None:
        self.run_many(
            "INSERT INTO search_text (rowid, signature, title, stems, fives) VALUES (%s, %s, %s, %s, %s)",
            ([row, pack(doc, self.FIELDS), *map(" ".join, (doc.title, doc.stems, doc.fives))] for row, doc in documents),
        )

    def matches(self, wording: Wording, filters: Filters) -> list[Row]:
        said = [(BM25_SAID, weight, saying(words)) for weight, words in wording.by_weight]
        meant = [(CONSTANT, score * BM25_FACTOR, any_phrase(phrases)) for score, phrases in wording.meanings]
        return self._match(said + meant, filters)

    def beginning(self, fives: Collection[str], filters: Filters) -> list[Row]:
        return self._match([(BM25_SAID, 1.0, f"fives : ({_any(fives)})")], filters)

    def _match(self, weighted: list[tuple[str, float, str]], filters: Filters) -> list[Row]:
        """bm25() cannot weigh one term less than another, so what weighs less is found by itself."""
        # Else each match would be looked up once for every pair of an audience and a source.
        conditions, parameters = self.conditions(filters, audience="+e.audience_id", source="+e.source")
        after, moment = self.after(filters)
        order = BY_DATE if filters.newest else ""
        found = " UNION ALL ".join(FOUND.format(score) for score, _weight, _match in weighted)
        if len(weighted) > 1:
            found = f"SELECT rowid, sum(score) AS score FROM ({found}) GROUP BY rowid"  # noqa: S608
        return self.rows(
            f"""SELECT found.rowid, found.score, e.codes, {after} FROM ({found}) found
                CROSS JOIN search_entry e INDEXED BY search_entry_match ON e.id = found.rowid >> {CHUNK_BITS}
                WHERE {conditions} {order}""",  # noqa: S608
            [*moment, *(part for _score, *parts in weighted for part in parts), *parameters],
        )

    def fill_names(self, execute) -> None:
        execute(f"INSERT INTO search_names (rowid, source, folded) SELECT id, source, folded {UNNAMED}")

    def unnamed(self) -> list[int]:
        return [row[0] for row in self.rows(f"SELECT id {UNNAMED}")]  # noqa: S608

    def write_names(self, entries: Iterable[Entry]) -> None:
        rows = ([entry.pk, entry.source, entry.folded] for entry in entries)
        self.run_many("INSERT INTO search_names (rowid, source, folded) VALUES (%s, %s, %s)", rows)

    def erase_names(self, entries: Iterable[Entry]) -> None:
        self.run_many("DELETE FROM search_names WHERE rowid = %s", ([entry.pk] for entry in entries))

    def named(self, pieces: list[Piece], filters: Filters, limit: int) -> list[Named]:
        """The newest that hold them, and the first that begin with them: neither walks through all the others."""
        beginning = pieces[0][0] if len(pieces) == 1 else "".join(f" {piece[0].strip()}" for piece in pieces)
        holding = " AND ".join(f"({' OR '.join(map(phrase, piece))})" for piece in pieces)
        parts, parameters = [], []
        for source in filters.sources:
            conditions, known = self.conditions(replace(filters, sources=(source,)), audience="+e.audience_id")
            parts += [HOLDING.format(conditions, limit), BEGINNING.format(conditions, limit)]
            parameters += [f'source : "{source}" AND folded : ({holding})', *known, *known, beginning, f"{beginning}{LAST}"]
        return list(dict.fromkeys(map(Named._make, self.rows(" UNION ALL ".join(parts), parameters))))

    def optimise(self) -> None:
        self.run("INSERT INTO search_text (search_text) VALUES ('optimize')")


def phrase(words: str) -> str:
    return f'"{words.strip()}"' if words.endswith(" ") else f'"{words.strip()}" *'


def any_phrase(phrases: list[Stems]) -> str:
    return " OR ".join(f"({' AND '.join(f'({{title stems}} : ({_any(either)}))' for either in stems)})" for stems in phrases)


def saying(words: list[QueryWord]) -> str:
    stems = _any(stem for word in words for stem in word.stems)
    fives = _any(word.five for word in words)
    return f"{{title stems}} : ({stems}) OR fives : ({fives})"


def _any(terms) -> str:
    return " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))
