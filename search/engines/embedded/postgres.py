"""The index on PostgreSQL: terms as lexemes of a tsvector, found through GIN.

PostgreSQL's own ranking knows nothing of how rare a word is. So the candidates are chosen by the sum of the rarity of the terms they
hold, counted from the index itself, and ranked by BM25 from their signatures.
"""

from collections.abc import Collection, Iterable

from ...query import WINDOW
from ...wording import Wording
from ..document import Document
from .index import BY_DATE, CHUNK_BITS, Filters, Index, Row
from .ranking import pack

WEIGHTS = {"s": 1.0, "t": 0.2, "f": 0.3}


class PostgresIndex(Index):
    FIELDS = {**WEIGHTS, "g": 0.4}
    FIRST_WEIGHT = 0.0
    RANKED_AGAIN = WINDOW
    PLACE = "strpos"

    def create(self, execute) -> None:
        execute("CREATE TABLE search_text (rowid bigint PRIMARY KEY, terms tsvector NOT NULL, signature text NOT NULL)")
        execute("CREATE INDEX search_text_terms ON search_text USING gin (terms)")

    def create_beside(self, execute) -> None:
        """PostgreSQL chooses well among those that the model describes."""

    def drop(self, execute) -> None:
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
        return self._match(terms, filters)

    def beginning(self, fives: Collection[str], filters: Filters) -> list[Row]:
        return self._match({f"'f:{five}'": 1.0 for five in fives}, filters)

    def _match(self, terms: dict[str, float], filters: Filters) -> list[Row]:
        conditions, parameters = self.conditions(filters)
        after, moment = self.after(filters)
        order = BY_DATE if filters.newest else ""
        return self.rows(
            f"""WITH hit AS MATERIALIZED (
                    SELECT term.n, term.weight, search_text.rowid
                    FROM unnest(%s::text[], %s::float[]) WITH ORDINALITY AS term (lexeme, weight, n)
                    JOIN search_text ON search_text.terms @@ term.lexeme::tsquery
                ), everything AS (SELECT count(*) AS rows FROM search_text
                ), rarity AS (
                    SELECT n, max(weight) * ln(1 + (max(everything.rows) - count(*) + .5) / (count(*) + .5)) AS value
                    FROM hit, everything GROUP BY n
                ), scored AS (SELECT rowid, sum(value) AS score FROM hit JOIN rarity USING (n) GROUP BY rowid)
                SELECT scored.rowid, scored.score, e.codes, {after} FROM scored JOIN search_entry e ON e.id = scored.rowid >> {CHUNK_BITS}
                WHERE {conditions} {order}""",  # noqa: S608
            [list(terms), list(terms.values()), *moment, *parameters],
        )

    def optimise(self) -> None:
        """Autovacuum does."""


def lexemes(document: Document) -> list[str]:
    fields = {"s": document.stems, "t": document.title, "f": document.fives}
    return sorted({f"{name}:{term}" for name, terms in fields.items() for term in terms})
