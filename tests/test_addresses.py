"""Who is answered what at every address of the portal: a table that must name each of them."""

import pytest
from django.db import transaction

from .addresses import COLUMNS, READERS, ROWS, own_patterns

TUS = {"Tus-Resumable": "1.0.0"}
# What a browser sends of a form that is not filled in
EMPTY_FORM = b"csrfmiddlewaretoken=token"


def test_every_address_stands_in_the_table():
    assert {pattern.name for pattern in own_patterns()} == {row.name for row in ROWS}


def test_the_table_asks_every_reader():
    assert tuple(COLUMNS[3:]) == READERS


def test_an_address_is_never_asked_twice():
    asked = [(row.method, row.name, row.thing) for row in ROWS]
    assert sorted(set(asked)) == sorted(asked)


@pytest.mark.django_db
def test_every_reader_is_answered_as_the_table_says(world, monkeypatch):
    # From here on nothing commits, so that no file is lost either.
    monkeypatch.undo()
    wrong = []
    for row in ROWS:
        address = row.address(world)
        for reader, expected in row.expected().items():
            status = answer(world.client(reader), row.method, address)
            if status != expected:
                wrong.append(f"{row.method} {row.name} {row.thing} as {reader}: {status} instead of {expected}")
    assert not wrong, "\n".join(wrong)


def answer(client, method: str, address: str) -> int:
    """What was done is taken back, so that the next reader meets the same world."""
    with transaction.atomic():
        response = client.generic(method, address, EMPTY_FORM, "application/x-www-form-urlencoded", headers=TUS)
        b"".join(response)
        transaction.set_rollback(True)
    return response.status_code
