"""The start page of somebody who has something in every room: what waits for her, in one list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community import actions as community
from community.demo import make_group, make_topic
from community.models import Group
from leaders.demo import make_cohort, make_cohort_role, make_enrolment, make_mentor
from leaders.demo.change import make_milestone, make_project
from leaders.demo.work import make_assignment, make_submission
from leaders.models import Assignment
from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school, set_up_second_factor
from portal.models import Complaint, User
from resources.demo import make_material

pytestmark = pytest.mark.django_db


class Everything:
    """Teacher, participant, mentor, steward, coordinator and reviewer in one person."""

    def __init__(self):
        staff, school = make_administrator(), make_school()
        teaches = {"subjects": ["mathematics"], "languages": ["kk"], "grades": [5]}
        person = make_person("all@example.org", school=school, confirmed_by=staff, **teaches)
        make_role(person, "coordinator", f"school:{school.pk}")
        self.person: User = make_role(person, "reviewer")
        set_up_second_factor(self.person)
        self.colleague = make_person("colleague@example.org", family_name="Оспанова", school=school)
        self.led = make_cohort(manager=staff)
        self.studied = make_cohort(self.led.version, manager=staff)
        make_cohort_role(self.led, self.person, "trainer")
        make_enrolment(self.person, self.studied)
        make_assignment(self.studied)
        self.assignment = make_assignment(self.led)
        self.group = make_group(self.person, self.colleague, name="Топ", access=Group.Access.REQUEST)
        self.open_group = make_group(self.colleague, self.person, name="Ашық топ")
        actions.save_search(self.person, name="Бөлшек", text="бөлшек")

    def fill(self, first: int, last: int) -> None:
        for number in range(first, last):
            other = make_person(f"other{number}@example.org", family_name=f"Ким{number}", school=self.person.main_position.school)
            community.ask_to_join(other, self.group, answer="Иә")
            make_topic(self.colleague, self.open_group, kind="question", title=f"Сұрақ {number}")
            material = make_material(self.colleague, title=f"Бөлшек {number}", links=[("https://example.org/", "сілтеме")])
            actions.complain(other, material.ref, reason=Complaint.Reason.MISTAKE)
            make_material(self.person, title=f"Жоба {number}", published=False)
            seat = make_enrolment(other, self.led)
            make_mentor(seat, self.person)
            make_submission(seat, self.assignment)
            make_milestone(make_project(seat))


def asked(client: Client) -> list[str]:
    client.get("/kk/start/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/kk/start/").status_code == 200
    return [query["sql"] for query in captured]


def test_everything_that_waits_stands_in_one_list_by_its_urgency_and_is_asked_in_ten_queries():
    everything = Everything()
    everything.fill(0, 1)
    client = Client()
    client.force_login(everything.person)
    few = asked(client)
    everything.fill(1, 4)
    assert len(asked(client)) == len(few) <= 10
    Assignment.objects.filter(cohort=everything.studied).update(due_at=timezone.now() - timedelta(days=1))
    page = client.get("/kk/start/")
    waiting = [line.label for line in page.context["waiting"]]
    assert waiting == [
        "Рефлексиялық есеп",
        "4 шағым бойынша шешім күтілуде",
        "5 мұғалім растауыңызды күтіп отыр",
        "4 әріптес топқа қосылуды сұрап отыр",
        "4 белес сөзіңізді күтіп тұр",
        "4 жұмыс оқылуын күтіп тұр",
        "Кездесулерге қатысу",
        "Мектептегі өзгеріс",
        "Сақталған іздеулер бойынша 4 жаңа нәтиже бар",
        "4 материал жоба күйінде тұр",
    ]
    assert page.content.decode().index("мерзімі өтті") < page.content.decode().index("4 шағым")
