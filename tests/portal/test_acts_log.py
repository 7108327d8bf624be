"""The log of acts: readable, narrowed, page by page, for administrators alone."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from portal import actions, seams
from portal.actions.complaints import VERBS
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Act, User
from portal.refs import Ref
from resources import actions as resources
from resources.demo import make_material

ROOT = Path(__file__).parents[2]
LOG = "/kk/acts/"
ROOMS = ("portal", "community", "resources", "leaders")


@pytest.fixture
def administrator(db) -> Client:
    client = Client()
    client.force_login(make_administrator())
    return client


@pytest.fixture
def teacher(administrator) -> User:
    return make_person(family_name="Баймұқанова", school=make_school())


def deeds(client: Client, asked: str = "") -> list[str]:
    return [act.verb for act in client.get(f"{LOG}?{asked}").context["page"].rows]


def test_it_is_narrowed_by_person_deed_thing_and_days(administrator, teacher):
    material = make_material(teacher)
    resources.hide_material(User.objects.get(email_key="administrator@example.org"), material, reason="Дереккөзі жоқ.")
    make_role(teacher, "reviewer")
    today = timezone.localdate().isoformat()
    assert "publish" in deeds(administrator, f"person={teacher.email}")
    assert "give role" in deeds(administrator, f"person={teacher.email}"), "what was done to her too"
    assert "hide" not in deeds(administrator, "person=баймұқанова&source=materials")
    assert deeds(administrator, "verb=hide") == ["hide"]
    assert set(deeds(administrator, "verb=staff&source=materials")) == {"hide", "uphold complaints"}
    assert set(deeds(administrator, "source=materials")) == {"hide", "uphold complaints", "publish"}
    assert deeds(administrator, f"since={today}&until={today}") == deeds(administrator)
    assert deeds(administrator, "until=2020-01-01") == []
    assert deeds(administrator, "verb=nonsense&since=never&source=x") == deeds(administrator)


def test_before_and_after_can_be_read_and_the_thing_is_a_click_away(administrator, teacher):
    make_role(teacher, "reviewer")
    page = administrator.get(f"{LOG}?verb=give+role&person={teacher.email}").content.decode()
    assert "рөл беру" in page.lower() and "<td>reviewer</td>" in page and f'href="/kk/people/{teacher.pk}/"' in page


def test_it_goes_on_page_by_page_and_asks_little(administrator, teacher):
    def asked() -> int:
        administrator.get(LOG)
        with CaptureQueriesContext(connection) as queries:
            administrator.get(LOG)
        return len(queries)

    Act.objects.all().delete()
    actions.record(teacher, "publish", Ref("materials", 1))
    few = asked()
    for number in range(45):
        actions.record(teacher, "publish", Ref("materials", number), before={"state": "draft"}, after={"state": "published"})
    assert asked() <= few + 1, "the cursor of the next page"
    page, seen = administrator.get(LOG).context["page"], 0
    while True:
        seen += len(page.rows)
        if not page.older_url:
            break
        page = administrator.get(page.older_url).context["page"]
    assert seen == 46


def test_nobody_else_reads_it(administrator, client, teacher):
    make_role(teacher, "reviewer")
    client.force_login(User.objects.get(pk=teacher.pk))
    assert client.get(LOG).status_code in (302, 404)


def verbs_in(source: str) -> set[str]:
    """Constants that are recorded, directly or handed to a function that records."""
    places, found = {"record": 1, "move": 3}, set()
    for node in ast.walk(ast.parse(source)):
        called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if called in places and len(node.args) > places[called]:
            verb = node.args[places[called]]
            either = [verb.body, verb.orelse] if isinstance(verb, ast.IfExp) else [verb]
            found |= {part.value for part in either if isinstance(part, ast.Constant)}
    return found


def test_the_walk_sees_verbs():
    source = 'record(actor, "change" if before else "add", ref)\nmove(user, material, State.DRAFT, "restore")'
    assert verbs_in(source) == {"change", "add", "restore"}


def test_every_verb_has_a_name_in_three_languages():
    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    used = {verb for path in sources for verb in verbs_in(path.read_text())} | set(VERBS.values())
    assert {"publish", "hide", "suspend", "complain"} <= used
    assert used - seams.act_verbs.keys() == set()
    for label in seams.act_verbs.values():
        said = set()
        for language in ("kk", "ru", "en"):
            with override(language):
                said.add(str(label))
        assert len(said) == 3, said
