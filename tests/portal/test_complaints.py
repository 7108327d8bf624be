"""A report, its decision, the answer of the owner: what each side sees, is told and may do."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Act, Case, Complaint, Notice, User
from portal.notices import kind_of
from resources.demo import make_material
from resources.models import Material
from tests.together import together

pytestmark = pytest.mark.django_db

QUEUE = "/kk/complaints/"
NOTE = "2-бетте оқушылардың аты-жөні тұр."
HIDDEN = {"decision": "pupils", "note": NOTE}
LEFT = {"decision": "no-breach", "note": ""}


@pytest.fixture
def author() -> User:
    return make_person("author@example.org", school=make_school())


@pytest.fixture
def reader() -> User:
    return make_person("reader@example.org", given_name="Марат", family_name="Әлімов")


@pytest.fixture
def second() -> User:
    """Somebody else who decides."""
    return make_administrator("second@example.org")


@pytest.fixture
def material(author) -> Material:
    return make_material(author)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def report(person: User, material: Material, **said):
    return browser(person).post(f"/kk/complaints/materials/{material.pk}/", {"reason": "pupils", "text": "Оқушының аты бар."} | said)


def decide(person: User, case: Case, **answer):
    return browser(person).post(f"{QUEUE}{case.pk}/", answer)


def appeal(person: User, case: Case, text: str = "Аттарын алып тастадым."):
    return browser(person).post(f"{QUEUE}{case.pk}/appeal/", {"text": text})


def status(person: User | None, material: Material) -> int:
    return (browser(person) if person else Client()).get(f"/kk/materials/{material.pk}/").status_code


def told(person: User) -> list[str]:
    return [notice.kind for notice in Notice.objects.filter(user=person).order_by("pk")]


@pytest.fixture
def taken(author, reader, administrator, material) -> Case:
    report(reader, material)
    decide(administrator, Case.objects.get(), **HIDDEN)
    return Case.objects.get()


# Reporting


def test_a_second_press_adds_nothing_and_two_people_make_one_line(reader, administrator, material):
    for person in (reader, reader, make_person("other@example.org")):
        assert report(person, material).status_code == 302
    assert (Case.objects.count(), Complaint.objects.count()) == (1, 2)
    page = browser(administrator).get(QUEUE).content.decode()
    assert page.count('class="row-title"') == 1 and "2 шағым" in page


def test_a_person_can_be_reported_but_not_by_herself(reader, author):
    address = f"/kk/complaints/people/{author.pk}/"
    assert "complaints/people" in browser(reader).get(f"/kk/people/{author.pk}/").content.decode()
    assert "complaints/people" not in browser(author).get(f"/kk/people/{author.pk}/").content.decode()
    assert browser(reader).post(address, {"reason": "stranger"}).url == f"/kk/people/{author.pk}/"
    assert browser(author).post(address, {"reason": "stranger"}).status_code == 404
    assert Case.objects.get().owner == author


def test_the_reasons_fit_the_thing(reader, material):
    assert report(reader, material, reason="stranger").status_code == 422
    assert report(reader, material, reason="mistake").status_code == 302


def test_what_one_may_not_see_cannot_be_reported(reader, author):
    assert report(reader, make_material(author, audience="me")).status_code == 404
    assert browser(reader).post("/kk/complaints/nowhere/1/", {"reason": "other"}).status_code == 404


# The queue


def test_the_queue_is_narrowed_by_language_and_region(reader, administrator):
    kazakh = make_person("a@example.org", school=make_school("s-1", region="31"))
    russian = make_person("b@example.org", school=make_school("s-2", region="75"))
    report(reader, make_material(kazakh, title="Бөлшектер", language="kk"))
    report(reader, make_material(russian, title="Дроби", language="ru"))
    seen = {}
    for asked in ("", "?language=ru", "?region=31", "?language=ru&region=31", "?language=xx&region=999", "?region=%00"):
        seen[asked] = re.findall(r'row-title"><a[^>]*>([^<]+)', browser(administrator).get(QUEUE + asked).content.decode())
    both = ["Бөлшектер", "Дроби"]
    assert seen == {
        "": both,
        "?language=ru": ["Дроби"],
        "?region=31": ["Бөлшектер"],
        "?language=ru&region=31": [],
        "?language=xx&region=999": both,
        "?region=%00": both,
    }


def test_a_reviewer_of_one_language_or_region_sees_only_that(reader):
    russian = make_person("b@example.org", school=make_school("s-2", region="75"))
    report(reader, make_material(russian, title="Дроби", language="ru"))
    case = Case.objects.get()
    answers = {}
    for scope in ("language:ru", "language:kk", "region:75", "region:31", ""):
        reviewer = User.objects.get(pk=make_role(make_person(f"{scope or 'all'}@example.org".replace(":", "-")), "reviewer", scope).pk)
        assert reviewer.is_caretaker
        answers[scope] = Case.objects.visible_to(reviewer).filter(pk=case.pk).exists()
    assert answers == {"language:ru": True, "language:kk": False, "region:75": True, "region:31": False, "": True}


def test_nobody_judges_her_own_work(reader, administrator):
    own = make_material(administrator)
    report(reader, own)
    assert decide(administrator, Case.objects.get(), **LEFT).status_code == 404


def test_a_long_queue_goes_on_page_by_page_oldest_first(administrator, author, reader):
    for number in range(22):
        actions.complain(reader, make_material(author, title=f"Материал {number:02}").ref, reason="other")
    first = browser(administrator).get(QUEUE)
    page = first.context["page"]
    assert [case.title for case in page.rows][:2] == ["Материал 00", "Материал 01"] and len(page.rows) == 20
    second = browser(administrator).get(page.next_url)
    assert [case.title for case in second.context["page"].rows] == ["Материал 20", "Материал 21"]
    assert second.context["page"].previous_url == QUEUE


def test_the_queue_asks_little_however_long(administrator, author, reader):
    client = browser(administrator)

    def asked() -> int:
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        return len(queries)

    actions.complain(reader, make_material(author).ref, reason="other")
    few = asked()
    for number in range(15):
        actions.complain(reader, make_material(author, title=f"{number}").ref, reason="other")
    assert asked() == few


def test_the_median_time_to_a_decision_is_shown_by_month(administrator, author, reader):
    for number, hours in enumerate((2, 5, 48)):
        actions.complain(reader, make_material(author, title=f"{number}").ref, reason="other")
        case = Case.objects.open().get()
        Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(hours=hours))
        decide(administrator, case, **LEFT)
    [month] = browser(administrator).get(QUEUE).context["months"]
    assert (month["number"], month["hours"]) == (3, 5)


# The decision


def test_a_thing_is_taken_down_and_both_sides_are_told(taken, author, reader, material):
    assert (taken.state, taken.decision, taken.note) == ("upheld", "pupils", NOTE)
    assert [status(person, material) for person in (None, reader, author)] == [404, 404, 200]
    assert told(reader) == ["complaint-decided"] and told(author) == ["taken-down"]
    for notice in Notice.objects.all():
        kind = kind_of(notice.kind)
        page = browser(notice.user).get(f"/kk{kind.address(notice)}")
        assert material.title in kind.text(notice) and NOTE in page.content.decode()
    assert Act.objects.get(verb="uphold complaints").reason == NOTE


def test_the_tombstone_is_for_its_owner(taken, author, material):
    page = browser(author).get(f"/kk/materials/{material.pk}/").content.decode()
    assert NOTE in page and "Оқушылардың аты-жөні" in page and f"/kk/complaints/{taken.pk}/appeal/" in page
    assert browser(author).get(f"{QUEUE}{taken.pk}/").status_code == 404, "who complained is none of her business"


def test_a_dismissed_report_leaves_the_thing_and_tells_who_complained(author, reader, administrator, material):
    report(reader, material)
    decide(administrator, Case.objects.get(), **LEFT)
    assert status(None, material) == 200
    assert told(reader) == ["complaint-decided"] and told(author) == []


def test_a_decision_that_changes_something_needs_a_note_and_nothing_typed_is_lost(reader, administrator, material):
    report(reader, material)
    case = Case.objects.get()
    answer = decide(administrator, case, decision="rights", note=" ")
    assert answer.status_code == 422 and 'value="rights" required' in answer.content.decode() and "checked" in answer.content.decode()
    assert decide(administrator, case, decision="made-up", note=NOTE).status_code == 422
    assert decide(administrator, case, decision="stands", note=NOTE).status_code == 422, "an answer to appeals only"
    case.refresh_from_db()
    assert case.is_open


def test_the_second_decision_of_two_changes_nothing(taken, second, material):
    decide(second, taken, **LEFT)
    taken.refresh_from_db()
    assert taken.decision == "pupils" and status(None, material) == 404
    assert Act.objects.filter(verb__endswith="complaints").count() == 1


def test_what_is_hidden_twice_is_hidden_once(author, administrator, second, material):
    for actor in (administrator, second):
        actions.take_down(actor, material.ref, note=NOTE)
    assert Case.objects.get().decided_by == administrator


@pytest.mark.django_db(transaction=True)
def test_a_report_that_comes_while_a_decision_is_taken_waits_for_its_own():
    author, first, administrator = make_person("author@example.org"), make_person("first@example.org"), make_administrator()
    people = [make_person(f"reader-{number}@example.org") for number in range(3)]
    for person in people:
        material = make_material(author)
        actions.complain(first, material.ref, reason="rights")
        case = Case.objects.open().get(object_id=material.pk)
        together(
            partial(actions.complain, person, material.ref, reason="pupils"),
            partial(actions.decide_case, administrator, case, decision="no-breach"),
        )
        told = Complaint.objects.get(by=person)
        assert told.case.is_open or told.created_at < told.case.decided_at


def test_the_page_of_a_thing_shows_what_was_before(author, reader, administrator, material):
    report(reader, material, text="Бірінші шағым.")
    decide(administrator, Case.objects.get(), decision="opinion", note="Авторға жазыңыз.")
    report(reader, material, text="Екінші шағым.")
    page = browser(administrator).get(f"{QUEUE}{Case.objects.open().get().pk}/").content.decode()
    assert "Екінші шағым." in page and "Авторға жазыңыз." in page and "шағым қабылданбады" in page


def test_what_those_responsible_find_themselves_takes_the_same_way(author, administrator, material):
    client = browser(administrator)
    for _press in range(2):
        client.post(f"/kk/materials/{material.pk}/hide/", HIDDEN)
    case = Case.objects.get()
    assert (case.decision, status(author, material), status(None, material)) == ("pupils", 200, 404)
    assert told(author) == ["taken-down"]
    client.post(f"/kk/materials/{material.pk}/hide/", {"show": "1"})
    case.refresh_from_db()
    assert status(None, material) == 200 and case.lifted_at and told(author) == ["taken-down", "put-back"]


# The appeal


def test_an_appeal_comes_back_to_the_queue_and_is_granted_by_somebody_else(taken, author, administrator, second, material):
    assert appeal(author, taken).status_code == 302
    assert "апелляция" in browser(second).get(QUEUE).content.decode()
    asked = Case.objects.get(appeal_of=taken)
    assert "Аттарын алып тастадым." in browser(second).get(f"{QUEUE}{asked.pk}/").content.decode()
    refused = decide(administrator, asked, decision="stands", note=NOTE)
    assert refused.status_code == 422 and NOTE in refused.content.decode(), "she would confirm herself"
    assert decide(second, asked, decision="mended-since", note="Рақмет.").status_code == 302
    assert status(None, material) == 200 and told(author) == ["taken-down", "appeal-decided"]
    assert "Рақмет." in browser(author).get(f"{QUEUE}{taken.pk}/appeal/").content.decode()
    assert {"complain", "hide", "appeal", "uphold appeal", "show"} <= set(Act.objects.values_list("verb", flat=True))


def test_where_there_is_nobody_else_the_same_person_decides(taken, author, administrator, material):
    appeal(author, taken)
    assert decide(administrator, Case.objects.get(appeal_of=taken), decision="stands", note="").status_code == 302
    assert status(None, material) == 404
    [last] = Notice.objects.filter(kind="appeal-decided")
    assert "күшінде қалады" in kind_of(last.kind).text(last)


def test_an_appeal_is_made_once_by_the_owner_and_in_time(taken, author, reader):
    assert appeal(author, taken, " ").status_code == 422
    assert appeal(reader, taken).status_code == 404
    for text in ("Бірінші.", "Екінші."):
        appeal(author, taken, text)
    assert Case.objects.get(appeal_of=taken).appeal_text == "Бірінші."


def test_after_thirty_days_there_is_no_appeal(taken, author):
    Case.objects.filter(pk=taken.pk).update(decided_at=timezone.now() - timedelta(days=31))
    page = browser(author).get(f"{QUEUE}{taken.pk}/appeal/").content.decode()
    assert "<textarea" not in page
    late = appeal(author, taken, "Аттарын алып тастадым.")
    assert late.status_code == 422 and "Аттарын алып тастадым." in late.content.decode()
    assert not Case.objects.filter(appeal_of=taken).exists()


def test_a_person_follows_her_own_reports(taken, reader, author):
    assert NOTE in browser(reader).get(f"{QUEUE}mine/").content.decode()
    assert NOTE not in browser(author).get(f"{QUEUE}mine/").content.decode()
