"""Who looks after a cohort: roles are given and ended."""

import pytest
from django.test import Client

from leaders.demo import make_application, make_cohort, make_cohort_role, make_enrolment
from leaders.models import Cohort, CohortRole
from portal.demo import make_administrator, make_person
from portal.models import Act, Notice, User

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org", family_name="Төлеген", given_name="Сәуле")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(manager=manager)


def address(cohort: Cohort) -> str:
    return f"/kk/leaders/{cohort.pk}/team/"


def test_a_manager_gives_a_role_and_the_person_is_told(cohort, manager):
    trainer = make_person("trainer@example.org")
    client = signed_in(manager)
    for _press in range(2):
        assert client.post(address(cohort), {"person": "trainer@example.org", "name": "trainer"}).status_code == 302
    role = CohortRole.objects.current().get(user=trainer)
    assert (role.name, role.given_by) == ("trainer", manager)
    assert Act.objects.filter(verb="give cohort role", actor=manager).count() == 1
    notice = Notice.objects.get(user=trainer)
    page = signed_in(trainer).get("/kk/notices/").content.decode()
    assert notice.kind == "cohort-role" and "Күзгі лек" in page
    assert signed_in(trainer).get(address(cohort)).status_code == 200


@pytest.mark.parametrize("person", ["nobody@example.org", "", "no address", "applicant@example.org", "participant@example.org"])
def test_a_role_is_refused_with_a_word(cohort, manager, person):
    make_application(make_person("applicant@example.org"), cohort)
    make_enrolment(make_person("participant@example.org"), cohort)
    answer = signed_in(manager).post(address(cohort), {"person": person, "name": "mentor"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["person"]
    assert CohortRole.objects.count() == 1


def test_a_role_ends_and_leaves_its_trace(cohort, manager):
    trainer = make_person("trainer@example.org")
    role = make_cohort_role(cohort, trainer, "trainer")
    client = signed_in(manager)
    for _press in range(2):
        assert client.post(f"{address(cohort)}{role.pk}/end/").status_code == 302
    role.refresh_from_db()
    assert role.until
    assert Act.objects.filter(verb="end cohort role").count() == 1
    assert signed_in(trainer).get(address(cohort)).status_code == 404


def test_the_last_manager_stays_while_people_apply(cohort, manager):
    make_application(make_person("applicant@example.org"), cohort)
    client, own = signed_in(manager), CohortRole.objects.get()
    answer = client.post(f"{address(cohort)}{own.pk}/end/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    make_cohort_role(cohort, make_person("second@example.org"))
    assert client.post(f"{address(cohort)}{own.pk}/end/").url == f"/kk/leaders/{cohort.pk}/"


def test_a_role_of_another_cohort_is_out_of_reach(cohort, manager):
    foreign = make_cohort_role(make_cohort(cohort.version), make_person("trainer@example.org"), "trainer")
    assert signed_in(manager).post(f"{address(cohort)}{foreign.pk}/end/").status_code == 404
    assert CohortRole.objects.current().filter(pk=foreign.pk).exists()


def test_participants_read_the_team_and_change_nothing(cohort):
    participant = make_person("participant@example.org")
    make_enrolment(participant, cohort)
    client = signed_in(participant)
    page = client.get(address(cohort))
    assert "Төлеген" in page.content.decode() and page.context["form"] is None
    assert client.post(address(cohort), {"person": "participant@example.org", "name": "manager"}).status_code == 404
    assert client.post(f"{address(cohort)}{CohortRole.objects.get().pk}/end/").status_code == 404
    assert CohortRole.objects.current().count() == 1


def test_an_administrator_names_herself_by_an_act(cohort):
    office = make_administrator()
    client = signed_in(office)
    assert client.get(f"/kk/leaders/{cohort.pk}/course/").status_code == 404
    client.post(address(cohort), {"person": office.email, "name": "observer"})
    assert client.get(f"/kk/leaders/{cohort.pk}/course/").status_code == 200
    assert Act.objects.get(actor=office, verb="give cohort role").after == {"person": office.pk, "role": "observer"}
