"""Many questions to the database as one. The ORM composes the rows of each; around and between them stands plain SQL, for its own unions
and aggregates take longer to compose than all of it takes to answer.

united([Question("SELECT %s, COUNT(*) FROM ({}) counted", composed(drafts.values("pk")), before=["drafts"]), …]) -> [("drafts", 3), …]
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


class Rows(NamedTuple):
    sql: str
    parameters: tuple


class Question(NamedTuple):
    """SQL with `{}` where its rows go, and what that takes before and after them."""

    around: str
    rows: Rows | None
    before: Iterable[Any] = ()
    after: Iterable[Any] = ()


def composed(rows: QuerySet) -> Rows | None:
    """None where there can be none, as of what nobody may see."""
    try:
        return Rows(*rows.query.sql_with_params())
    except EmptyResultSet:
        return None


def united(questions: Iterable[Question]) -> list[tuple]:
    """The answers to all, one after another."""
    asked = [question for question in questions if question.rows]
    if not asked:
        return []
    sql = " UNION ALL ".join(around.format(rows.sql) for around, rows, _before, _after in asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _around, rows, before, after in asked for value in (*before, *rows.parameters, *after)])
        return cursor.fetchall()
