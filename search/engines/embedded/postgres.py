"""The index on PostgreSQL: terms as lexemes of a tsvector, found through GIN.

PostgreSQL's own ranking knows nothing of how rare a word is. So the candidates are chosen by the sum of the rarity of the terms they
hold, counted from the index itself, and ranked by BM25 from their signatures.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ...models import Entry
from ...query import WINDOW
from ...ranking import BEGINNINGS, PIECES, STEMS, TITLES
from ...wording import Stems, Wording
from ..document import Document
from .index import BY_DATE, CHUNK_BITS, Filters, Index, Named, Piece, Row
from .ranking import pack

WEIGHTS = {"s": STEMS, "t": TITLES, "f": BEGINNINGS}
# The words of the names of an entry
NAMES = "array_to_tsvector(array_remove(string_to_array(folded, ' '), ''))"


class PostgresIndex(Index):
    FIELDS = {**WEIGHTS, "g": PIECES}
    FIRST_WEIGHT = 0.0
    B = 0.75
    RANKED_AGAIN = WINDOW
    PLACE = "strpos"
    PUBLISHED = "extract(epoch FROM e.published_at)::float"

    def create(self, execute) -> None:
        execute("CREATE TABLE search_text (rowid bigint PRIMARY KEY, terms tsvector NOT NULL, signature text NOT NULL)")
        execute("CREATE INDEX search_text_terms ON search_text USING gin (terms)")

    def create_beside(self, execute) -> None:
        """PostgreSQL chooses well among those that the model describes; the words of the names are found by one of their own."""
        execute(f"CREATE INDEX IF NOT EXISTS search_entry_named ON search_entry USING gin ({NAMES})")

    def drop(self, execute) -> None:
        execute("DROP INDEX IF EXISTS search_entry_named")
        execute("DROP TABLE IF EXISTS search_text")

    def write(self, documents: Iterable[tuple[int, Document]]) -> None:
        self.run_many(
            "INSERT INTO search_text (rowid, terms, signature) VALUES (%s, array_to_tsvector(%s::text[]), %s)",
            ([row, lexemes(document), pack(document, self.FIELDS)] for row, document in documents),
        )

    def matches(self, wording: Wording, filters: Filters) -> list[Row]:
        terms: dict[str, float] = {}
        for weight, words in wording.by_weight:
            of_words = {f"'{name}:{stem}'": WEIGHTS[name] * weight for word in words for stem in word.stems for name in "st"}
            of_words |= {f"'f:{word.five}'": WEIGHTS["f"] * weight for word in words}
            terms = of_words | terms
        return self._match(terms, filters, {any_phrase(phrases): score for score, phrases in wording.meanings})

    def beginning(self, fives: Collection[str], filters: Filters) -> list[Row]:
        return self._match({f"'f:{five}'": 1.0 for five in fives}, filters)

    def _match(self, terms: dict[str, float], filters: Filters, constant: Mapping[str, float] = MappingProxyType({})) -> list[Row]:
        """Terms by their weight and rarity, and what is worth the same however rare it is."""
        conditions, parameters = self.conditions(filters)
        after, moment = self.after(filters)
        order = BY_DATE if filters.newest else ""
        return self.rows(
            f"""WITH hit AS MATERIALIZED (
                    SELECT term.n, term.weight, term.constant, search_text.rowid
                    FROM unnest(%s::text[], %s::float[], %s::float[]) WITH ORDINALITY AS term (lexeme, weight, constant, n)
                    JOIN search_text ON search_text.terms @@ term.lexeme::tsquery
                ), everything AS (SELECT count(*) AS rows FROM search_text
                ), rarity AS (
                    SELECT n, max(constant) + max(weight) * ln(1 + (max(everything.rows) - count(*) + .5) / (count(*) + .5)) AS value
                    FROM hit, everything GROUP BY n
                ), scored AS (SELECT rowid, sum(value) AS score FROM hit JOIN rarity USING (n) GROUP BY rowid)
                SELECT scored.rowid, scored.score, e.codes, {after} FROM scored JOIN search_entry e ON e.id = scored.rowid >> {CHUNK_BITS}
                WHERE {conditions} {order}""",  # noqa: S608
            [
                [*terms, *constant],
                [*terms.values(), *[0.0] * len(constant)],
                [*[0.0] * len(terms), *constant.values()],
                *moment,
                *parameters,
            ],
        )

    def fill_names(self, execute) -> None:
        """Its index is one of the table of entries."""

    def unnamed(self) -> list[int]:
        return []

    def write_names(self, entries: Iterable[Entry]) -> None:
        """As when they are filled."""

    def erase_names(self, entries: Iterable[Entry]) -> None:
        """As when they are filled."""

    def named(self, pieces: list[Piece], filters: Filters, limit: int) -> list[Named]:
        words = " & ".join(f"({' | '.join(map(words_of, piece))})" for piece in pieces)
        in_a_row = [f"% {words.lstrip()}%" for piece in pieces for words in piece]
        beginning = "".join(f" {piece[0].strip()}" for piece in pieces)
        parts, parameters = [], []
        for source in filters.sources:
            conditions, known = self.conditions(replace(filters, sources=(source,)))
            rows = " AND ".join(f"({' OR '.join(['e.folded LIKE %s'] * len(piece))})" for piece in pieces)
            parts.append(f"""(SELECT e.id, e.source, e.object_id, e.folded FROM search_entry e
                WHERE {NAMES} @@ %s::tsquery AND {rows} AND {conditions} ORDER BY NOT starts_with(e.folded, %s), e.folded LIMIT {limit})""")  # noqa: S608
            parameters += [words, *in_a_row, *known, beginning]
        return list(map(Named._make, self.rows(" UNION ALL ".join(parts), parameters)))

    def optimise(self) -> None:
        """Autovacuum does."""


def words_of(words: str) -> str:
    """All of them; the last one may go on, unless a blank closes it."""
    *whole, last = words.split()
    return " & ".join([*(f"'{word}'" for word in whole), f"'{last}'" if words.endswith(" ") else f"'{last}':*"])


def any_phrase(phrases: list[Stems]) -> str:
    return " | ".join(f"({' & '.join(map(any_stem, stems))})" for stems in phrases)


def any_stem(stems: tuple[str, ...]) -> str:
    lexemes = (f"'s:{stem}'" for stem in stems)
    return f"({' | '.join(lexemes)})"


def lexemes(document: Document) -> list[str]:
    fields = {"s": document.stems, "t": document.title, "f": document.fives}
    return sorted({f"{name}:{term}" for name, terms in fields.items() for term in terms})
