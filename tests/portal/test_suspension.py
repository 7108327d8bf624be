"""Suspended: she reads, she answers, she changes nothing until the end; and blocking, which is a person's own affair."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal import actions
from portal.demo import make_administrator, make_person
from portal.models import Act, Block, Case, Notice, Suspension, User
from portal.notices import kind_of, tell
from portal.refs import Ref
from resources import actions as resources
from resources.demo import make_material
from resources.models import Material

pytestmark = pytest.mark.django_db

REASON = "Бірнеше топта жарнама таратқан."


@pytest.fixture
def teacher() -> User:
    return make_person()


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def suspend(actor: User, person: User, **said):
    return browser(actor).post(f"/kk/people/{person.pk}/suspend/", {"decision": "spam", "reason": REASON, "until": ""} | said)


@pytest.fixture
def suspended(teacher, administrator) -> User:
    suspend(administrator, teacher, until=(timezone.localdate() + timedelta(days=7)).isoformat())
    return teacher


def test_she_reads_and_every_writing_is_answered_with_why_and_until_when(suspended):
    client = browser(suspended)
    until = timezone.localtime(suspended.suspensions.get().until)
    assert client.get("/kk/start/").status_code == 200
    for address in ("/kk/materials/share/", "/kk/me/", "/kk/searches/save/?q=а", "/kk/me/school/"):
        for language in ("kk", "ru", "en"):
            answer = client.post(address.replace("/kk/", f"/{language}/"), {"bio": "Жаңа"})
            assert answer.status_code == 403 and REASON in answer.content.decode(), address
    assert f"{until:%d.%m.%Y}" in client.post("/kk/me/", {}).content.decode()
    assert Material.objects.count() == 0


def test_scripts_are_answered_in_their_own_way(suspended):
    client = browser(suspended)
    assert "/appeal/" in client.post("/kk/me/", headers={"HX-Request": "true"})["HX-Redirect"]
    refused = client.post("/kk/materials/share/upload/", headers={"Tus-Resumable": "1.0.0"})
    assert refused.status_code == 403 and refused["Content-Type"].startswith("text/plain")
    assert client.patch("/kk/materials/share/upload/", headers={"Tus-Resumable": "1.0.0"}).status_code == 403


def test_what_stays_open_to_her(suspended):
    client = browser(suspended)
    assert client.post("/look/", {"theme": "dark"}).status_code == 302
    assert client.post("/kk/accounts/password/set/", {}).status_code != 403
    assert client.post("/kk/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_she_is_told_and_appeals_by_a_reply(suspended, administrator):
    [notice] = Notice.objects.filter(user=suspended)
    kind = kind_of(notice.kind)
    assert kind.urgent and kind.text(notice)
    address = f"/kk{kind.address(notice)}"
    assert REASON in browser(suspended).get(address).content.decode()
    assert browser(suspended).post(address, {"text": "Енді таратпаймын."}).status_code == 302
    asked = Case.objects.get(appeal_of__suspension__user=suspended)
    second = make_administrator("second@example.org")
    assert "Енді таратпаймын." in browser(second).get(f"/kk/complaints/{asked.pk}/").content.decode()
    browser(second).post(f"/kk/complaints/{asked.pk}/", {"decision": "our-mistake", "note": "Түсіндік."})
    assert browser(suspended).post("/kk/materials/share/", {}).status_code == 422
    assert Act.objects.filter(verb__in=["suspend", "appeal", "uphold appeal", "lift suspension"]).count() == 4


def test_it_ends_by_itself(suspended):
    Suspension.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert browser(suspended).post("/kk/materials/share/", {}).status_code == 422


def test_without_an_end_it_lasts_until_it_is_lifted(teacher, administrator):
    suspend(administrator, teacher)
    assert browser(teacher).post("/kk/materials/share/", {}).status_code == 403
    browser(administrator).post(f"/kk/people/{teacher.pk}/suspend/", {"lift": "1"})
    assert browser(teacher).post("/kk/materials/share/", {}).status_code == 422
    assert Notice.objects.filter(user=teacher, kind="put-back").exists()


def test_only_administrators_suspend_and_never_each_other(teacher, administrator):
    other = make_administrator("other@example.org")
    for actor, person in ((teacher, make_person("b@example.org")), (administrator, other), (administrator, administrator)):
        assert suspend(actor, person).status_code == 404
    assert not Suspension.objects.exists()


def test_a_suspension_needs_a_reason_and_an_end_that_is_ahead(teacher, administrator):
    assert suspend(administrator, teacher, reason=" ").status_code == 422
    answer = suspend(administrator, teacher, until="2020-01-01")
    assert answer.status_code == 422 and REASON in answer.content.decode()
    for _press in range(2):
        suspend(administrator, teacher)
    assert Suspension.objects.count() == 1


def test_the_reports_about_her_are_decided_by_it(teacher, administrator):
    reader = make_person("reader@example.org")
    actions.complain(reader, Ref("people", teacher.pk), reason="spam")
    assert f"/people/{teacher.pk}/suspend/" in browser(administrator).get(f"/kk/complaints/{Case.objects.get().pk}/").content.decode()
    suspend(administrator, teacher)
    assert Case.objects.get().state == "upheld"
    assert [notice.kind for notice in Notice.objects.filter(user=reader)] == ["complaint-decided"]


# Blocking


def test_what_a_blocked_person_does_is_not_told_and_she_does_not_learn_of_it(teacher):
    other = make_person("other@example.org", family_name="Әлімов")
    material = make_material(teacher)
    client = browser(teacher)
    client.post(f"/kk/people/{other.pk}/block/")
    tell([teacher], "thanks", material.ref, actor=other)
    assert not Notice.objects.exists()
    assert other.full_name in client.get("/kk/me/blocked/").content.decode()
    assert teacher.full_name not in browser(other).get("/kk/me/blocked/").content.decode()
    assert browser(other).get(f"/kk/people/{teacher.pk}/").status_code == 200
    client.post(f"/kk/people/{other.pk}/block/", {"unblock": "1", "list": "1"})
    tell([teacher], "thanks", material.ref, actor=other)
    assert Notice.objects.count() == 1


def test_decisions_reach_also_who_has_blocked_the_one_that_decides(teacher, administrator):
    actions.block(teacher, administrator)
    resources.hide_material(administrator, make_material(teacher), reason=REASON)
    assert Notice.objects.filter(user=teacher, kind="taken-down").exists()


def test_who_is_blocked_is_not_offered(teacher):
    other, third = make_person("other@example.org"), make_person("third@example.org")
    for _press in range(2):
        browser(teacher).post(f"/kk/people/{other.pk}/block/")
    assert Block.objects.count() == 1
    assert set(User.objects.not_blocked_by(teacher)) == {teacher, third}
    assert other in User.objects.not_blocked_by(third)
