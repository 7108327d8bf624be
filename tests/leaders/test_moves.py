"""States change by the table alone, and each change is an act."""

import ast
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from leaders import verbs
from leaders.checking import unexplained_states
from leaders.demo import make_application, make_cohort, make_enrolment, way
from leaders.models import Application, Enrolment
from leaders.moves import TABLES, MovedMeanwhile, NotAllowed, move, move_all
from portal.demo import make_person
from portal.models import Act

ROOM = Path(__file__).parents[2] / "leaders"
TABLE = "moves.py"
# What a queryset or a manager writes with; a class writes by being called
WRITING = ("update", "create", "get_or_create", "update_or_create", "bulk_update", "save", "setattr")
STATE = "state"


def writes_of_state(source: str) -> list[int]:
    """Lines that write a state: by an assignment, by a keyword of what writes, by its name in a list of fields or in what is written."""
    return sorted({line for node in ast.walk(ast.parse(source)) for line in offences(node)})


def offences(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Attribute) and node.attr == STATE and isinstance(node.ctx, ast.Store):
        yield node.lineno
    if isinstance(node, ast.Call) and writes(node):
        named = {keyword.arg for keyword in node.keywords}
        within = {text.value for part in (*node.args, *(word.value for word in node.keywords)) for text in strings_of(part)}
        if STATE in named | within:
            yield node.lineno


def writes(node: ast.Call) -> bool:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return name in WRITING or name in {model.__name__ for model in TABLES}


def strings_of(node: ast.AST) -> Iterator[ast.Constant]:
    """Of lists of fields and of what is written; a condition within is another matter."""
    parts = {ast.Dict: lambda: node.keys, ast.List: lambda: node.elts, ast.Tuple: lambda: node.elts, ast.Set: lambda: node.elts}
    found = parts.get(type(node), lambda: [node])()
    yield from (part for part in found if isinstance(part, ast.Constant))


def test_nothing_but_the_table_writes_a_state():
    paths = [path for path in ROOM.rglob("*.py") if path.name != TABLE and "migrations" not in path.parts]
    assert paths
    found = [f"{path.relative_to(ROOM)}:{line}" for path in paths for line in writes_of_state(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "cohort.state = 'open'",
        "Cohort.objects.filter(pk=1).update(state='open')",
        "Cohort.objects.create(version=version, state='open')",
        "Enrolment(cohort=cohort, state='active').save()",
        "setattr(cohort, 'state', 'open')",
        "cohort.save(update_fields=['state'])",
        "Cohort.objects.bulk_update(rows, ['state'])",
        "Cohort.objects.update_or_create(pk=1, defaults={'state': 'open'})",
    ],
)
def test_every_way_of_writing_is_seen(line):
    assert writes_of_state(line) == [1]


@pytest.mark.parametrize(
    "line", ["found = rows.filter(state='open')", "rows.filter(state='open').update(place=1)", "if cohort.state: pass"]
)
def test_reading_is_free(line):
    assert writes_of_state(line) == []


# The tables themselves


@pytest.mark.parametrize("model", TABLES)
def test_a_table_knows_the_states_of_its_model_and_reaches_each(model):
    table = TABLES[model]
    assert table.states() == set(model.State.values)
    assert model(pk=1).state == table.start and model(pk=1).ref.source == table.source
    assert all(way(model, state) for state in table.states() - {table.start})


def test_every_model_with_a_state_has_a_table():
    with_state = {model for model in apps.get_app_config("leaders").get_models() if hasattr(model, "State")}
    assert with_state == set(TABLES)


def test_every_move_has_a_verb():
    moves = {source: set(states) for source, states in verbs.MOVED.items()}
    assert moves == {table.source: {to for targets in table.moves.values() for to in targets} for table in TABLES.values()}
    assert max(map(len, verbs.VERBS)) <= Act._meta.get_field("verb").max_length


# Moving

pytestmark = pytest.mark.django_db


def test_a_move_is_an_act():
    cohort, person = make_cohort(), make_person()
    application = make_application(person, cohort, state="draft")
    now = timezone.now()
    move(application, "submitted", actor=person, reason="Дайын", submitted_at=now, consent_at=now)
    act = Act.objects.get(verb="applications submitted")
    assert (act.actor, act.ref, act.reason) == (person, application.ref, "Дайын")
    assert (act.before, act.after) == ({"state": "draft"}, {"state": "submitted"})
    application.refresh_from_db()
    assert (application.state, application.submitted_at) == ("submitted", now)


def test_what_the_table_does_not_know_is_refused():
    application = make_application(make_person(), make_cohort(), state="draft")
    with pytest.raises(NotAllowed):
        move(application, "accepted", actor=None)
    assert Application.objects.get().state == "draft"


def test_of_two_who_move_the_same_thing_the_second_is_told():
    enrolment = make_enrolment(make_person(), make_cohort())
    twin = Enrolment.objects.get(pk=enrolment.pk)
    move(enrolment, "paused", actor=None)
    with pytest.raises(MovedMeanwhile):
        move(twin, "withdrawn", actor=None)
    assert Enrolment.objects.get().state == "paused"


def test_many_move_together_or_not_at_all():
    cohort = make_cohort()
    rows = [make_enrolment(make_person(f"p{number}@example.org"), cohort, state="enrolled") for number in range(3)]
    before = Act.objects.count()
    Enrolment.objects.filter(pk=rows[2].pk).update(place=99)
    move_all(rows, "active", actor=None)
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"active"} and Act.objects.count() == before + 3
    late = Enrolment.objects.get(pk=rows[2].pk)
    move(late, "paused", actor=None)
    with pytest.raises(MovedMeanwhile):
        move_all(rows, "completed", actor=None)
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"active", "paused"}


def test_a_state_written_past_the_table_is_found():
    cohort = make_cohort()
    assert list(unexplained_states()) == []
    type(cohort).objects.filter(pk=cohort.pk).update(state="closed")
    (found,) = unexplained_states()
    assert (found.kind, found.pk, found.says, found.has) == ("cohorts", cohort.pk, "closed", "open")
    said = StringIO()
    call_command("check_leaders", stdout=said)
    assert said.getvalue().splitlines() == [f"cohorts {cohort.pk}: state says closed, has open", "1 wrong"]
    type(cohort).objects.filter(pk=cohort.pk).update(state="open")
