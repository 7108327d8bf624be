"""What those are answered at every address of the room whom tests/world.py does not know: the team of a cohort besides its manager."""

from collections.abc import Iterator

import pytest
from django.test import Client

from leaders import actions
from leaders.demo import make_cohort_role
from leaders.models import Cohort, Enrolment
from leaders.urls import urlpatterns
from portal.demo import make_person

from ..addresses import ROWS
from ..test_addresses import answer

# Of the two cohorts that are under way there; the mentor accompanies the participant. Addresses that are not named here answer 404 to each.
TABLE = """
method name                   thing             trainer mentor examiner observer
GET  catalogue                -                 200 200 200 200
GET  cohort                   cohort            200 200 200 200
GET  cohort_course            cohort            200 200 200 200
GET  cohort_team              cohort            200 200 200 200
POST cohort_team              cohort            404 404 404 404
GET  apply                    cohort            200 200 200 200
POST apply                    cohort            422 422 422 422
GET  my_applications          -                 200 200 200 200
GET  application              application       404 404 404 200
GET  application              read-application  404 404 404 200
POST application              application       404 404 404 302
GET  endorse                  endorsement       200 200 200 200
POST endorse                  endorsement       422 422 422 422
GET  cohort_applications      selection-cohort  404 404 404 200
GET  my_programmes            -                 200 200 200 200
GET  my_reviews               -                 200 200 200 200
GET  assignments              cohort            200 200 200 200
GET  new_assignment           cohort            200 404 404 404
POST new_assignment           cohort            422 404 404 404
GET  assignment               assignment        200 200 200 200
GET  edit_assignment          assignment        200 404 404 404
POST edit_assignment          assignment        422 404 404 404
POST move_assignment          assignment        302 404 404 404
GET  extend_assignment        assignment        200 404 404 404
POST extend_assignment        assignment        422 404 404 404
GET  submission               work              200 200 200 404
GET  submission_file          work              200 200 200 404
GET  assess                   work              200 404 200 404
POST assess                   work              422 404 422 404
GET  external_result          seat              404 404 200 404
POST external_result          seat              404 404 422 404
GET  seats                    cohort            404 404 404 200
GET  enrolment                seat              200 200 200 200
GET  meetings                 cohort            200 200 200 200
GET  new_meeting              cohort            200 404 404 404
POST new_meeting              cohort            422 404 404 404
GET  meeting                  meeting           200 200 200 200
GET  add_cohort_material      cohort            200 404 404 404
POST add_cohort_material      cohort            422 404 404 404
GET  check_in                 old-code          422 422 422 422
POST check_in                 old-code          422 422 422 422
POST renew_calendar           -                 302 302 302 302
GET  mentees                  -                 200 200 200 200
GET  mentoring                seat              404 200 404 404
GET  record_mentor_meeting    seat              404 200 404 404
POST record_mentor_meeting    seat              404 422 404 404
GET  project                  project           200 200 200 404
GET  milestone                milestone         200 200 200 404
POST decide_milestone         milestone         404 422 422 404
GET  evidence                 evidence          200 200 200 404
GET  story                    story             200 200 200 200
GET  progress                 seat              200 200 200 200
GET  my_certificates          -                 200 200 200 200
GET  check_certificate        -                 200 200 200 200
GET  verify_certificate       certificate       200 200 200 200
GET  dashboard                cohort            200 200 200 200
GET  dashboard_csv            cohort            200 200 200 200
GET  dashboard_xlsx           cohort            200 200 200 200
"""
COLUMNS, *LINES = [line.split() for line in TABLE.strip().splitlines()]
ROLES = COLUMNS[3:]
ALLOWED = {tuple(line[:3]): list(map(int, line[3:])) for line in LINES}
NOBODY = [404] * len(ROLES)


def rows_of_the_room() -> Iterator:
    names = {pattern.name for pattern in urlpatterns}
    return (row for row in ROWS if row.name in names)


def test_each_line_is_an_address_of_the_room():
    assert set(ALLOWED) <= {(row.method, row.name, row.thing) for row in rows_of_the_room()}


@pytest.mark.django_db
def test_each_role_is_answered_as_the_table_says(world, monkeypatch):
    monkeypatch.undo()
    browsers = [browser_of(world, role) for role in ROLES]
    wrong = []
    for row in rows_of_the_room():
        address = row.address(world)
        answers = [answer(browser, row.method, address) for browser in browsers]
        if answers != ALLOWED.get((row.method, row.name, row.thing), NOBODY):
            wrong.append(f"{row.method} {row.name} {row.thing}: {answers}")
    assert not wrong, "\n".join(wrong)


def browser_of(world, role: str) -> Client:
    user = make_person(f"{role}@example.org")
    for thing in ("cohort", "selection-cohort"):
        make_cohort_role(Cohort.objects.get(pk=world.arguments(thing)["pk"]), user, role)
    if role == "mentor":
        actions.give_mentor(None, Enrolment.objects.get(pk=world.arguments("seat")["pk"]), user)
    browser = Client()
    browser.force_login(user)
    return browser
