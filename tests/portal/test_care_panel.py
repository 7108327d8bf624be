"""What waits for those who care for the portal stands on their start page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school, set_up_second_factor
from portal.models import Case, School, User
from portal.refs import Ref

from .entrance import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db) -> School:
    return make_school()


def reviewer(region: str) -> User:
    person = make_role(make_person(f"reviewer-{region}@example.org"), "reviewer", f"region:{region}")
    set_up_second_factor(person)
    return person


def care_panel(client: Client) -> str:
    """What waits for her, as her start page says it."""
    page = client.get(reverse("start")).content.decode()
    return re.search(r'<section[^>]*aria-labelledby="waiting-title".*?</section>', page, re.DOTALL)[0] if "waiting-title" in page else ""


def report(author: User, *, of: User) -> Case:
    return actions.complain(author, Ref("people", of.pk), reason="stranger").case


def start_queries(client: Client) -> list[str]:
    client.get(reverse("start"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("start"))
    return [query["sql"] for query in asked]


def test_the_start_page_tells_what_waits_for_those_who_care(teacher, school):
    desk = signed_in(make_administrator())
    assert care_panel(desk) == ""
    reported = make_person("reported@example.org", school=school)
    case = actions.suspend(make_administrator("second@example.org"), reported, decision="stranger", reason="Басқа адам.").case
    actions.appeal(reported, case, text="Бұл мен.")
    report(teacher, of=make_person("other@example.org"))
    actions.propose_school(teacher, name="Жаңа мектеп", region=school.region)
    with override("en"):
        panel = care_panel(desk)
        for name in ("complaints", "confirmations", "proposals"):
            assert reverse(name) in panel
    for words in ("1 appeal waits", "1 reported thing waits", "1 teacher is waiting", "1 proposed school waits"):
        assert words in panel


def test_each_sees_only_what_is_in_her_care(teacher, school):
    reported = make_person("reported@example.org", school=school)
    report(teacher, of=reported)
    actions.propose_school(teacher, name="Жаңа мектеп", region=school.region)
    assert care_panel(signed_in(teacher)) == ""
    coordinator = make_role(make_person("coordinator@example.org"), "coordinator", f"school:{school.pk}")
    panel = care_panel(signed_in(coordinator))
    assert reverse("confirmations") in panel and reverse("complaints") not in panel and reverse("proposals") not in panel
    assert reverse("complaints") in care_panel(signed_in(reviewer(school.region.code)))
    assert care_panel(signed_in(reviewer("75"))) == ""


def test_what_waits_is_counted_by_the_same_questions_and_only_for_those_who_care(teacher, school):
    desk, member = signed_in(make_administrator()), signed_in(teacher)
    counted = "SELECT COUNT"
    few = start_queries(desk)
    for number in range(20):
        actions.propose_school(teacher, name=f"Жаңа мектеп {number}", region=school.region)
        report(teacher, of=make_person(f"reported-{number}@example.org", school=school))
    assert len(start_queries(desk)) == len(few)
    assert not [sql for sql in start_queries(member) if "portal_case" in sql or sql.startswith(counted)]
