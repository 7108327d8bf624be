"""A person's own pages and what others see of her: welcome, positions, proposals, profile, start page."""

import re
from functools import partial

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Act, Grade, Position, Region, School, Subject, User
from tests.together import together

from .entrance import signed_in

pytestmark = pytest.mark.django_db

START_QUERIES = 12
PROPOSAL = {"school": "new", "new_name": "Жаңа ауыл мектебі", "new_locality": "Жаңа ауыл", "post": "teacher"}


@pytest.fixture
def speak_kazakh():
    with override("kk"):
        yield


@pytest.fixture
def teacher(client, speak_kazakh) -> User:
    person = make_person()
    client.force_login(person)
    return person


@pytest.fixture
def school(db) -> School:
    return make_school()


def make_coordinator(school: School) -> User:
    return make_role(make_person("coordinator@example.org"), "coordinator", f"school:{school.pk}")


def propose(client, **fields):
    return client.post(reverse("welcome"), PROPOSAL | {"new_region": Region.objects.first().pk} | fields)


# The first visit


@pytest.fixture
def nis_schools(db) -> None:
    actions.import_list("schools", (settings.BASE_DIR / "portal" / "data" / "nis_schools.csv").read_bytes())


@pytest.mark.parametrize("typed", ["тараз", "ТАРАЗ", "Тараз", "taraz"])
def test_a_school_is_found_by_a_few_letters_in_any_case(client, teacher, nis_schools, typed):
    page = client.get(reverse("suggest_schools"), {"q": typed}).content.decode()
    assert "Тараз қаласындағы" in page


def test_kazakh_letters_need_not_be_typed(client, teacher):
    make_school("test-9", name="Қызылорда үлгі мектебі")
    assert "Қызылорда үлгі мектебі" in client.get(reverse("suggest_schools"), {"q": "кызылор"}).content.decode()


def test_without_javascript_the_button_finds_schools_and_keeps_what_was_chosen(client, teacher, nis_schools):
    subject = Subject.objects.get(code="physics")
    typed = {"find": "school", "school_text": "тараз", "post": "deputy", "subjects": [subject.pk], "languages": ["ru"], "grades": ["7"]}
    response = client.post(reverse("welcome"), typed)
    page = response.content.decode()
    radio = re.search(r'type="radio" name="school" value="(\d+)"', page)[1]
    assert response.status_code == 200 and School.objects.get(pk=radio).name_kk.startswith("Тараз")
    for field, value in [("subjects", subject.pk), ("languages", "ru"), ("grades", "7")]:
        assert re.search(rf'name="{field}" value="{value}"[^>]*checked', page), field
    assert re.search(r'value="deputy"\s+selected', page)
    assert client.post(reverse("welcome"), {"school": radio, "school_text": "тараз", "post": "deputy"}).url == reverse("start")
    assert teacher.positions.get().school_id == int(radio)


def test_nothing_found_says_what_to_do(client, teacher):
    response = client.post(reverse("welcome"), {"find": "school", "school_text": "ъъъъъ", "post": "teacher"})
    assert gettext("No school matches these letters") in response.content.decode()
    assert '<details class="more" id="new-school" open>' in response.content.decode()


def test_answers_of_the_first_visit_are_kept(client, teacher, school):
    subjects = Subject.objects.filter(code__in=["physics", "algebra"])
    answers = {"school": school.pk, "post": "teacher", "subjects": [s.pk for s in subjects], "grades": [7, 8], "languages": ["kk", "ru"]}
    assert client.post(reverse("welcome"), answers).url == reverse("start")
    person = User.objects.get(pk=teacher.pk)
    assert person.main_position.school == school and not person.is_verified
    assert set(person.subjects.all()) == set(subjects)
    assert list(person.grades.values_list("pk", flat=True)) == [7, 8]
    assert person.languages == ["kk", "ru"]
    assert not client.get(reverse("start")).context["todo"]


def test_everything_may_be_left_for_later(client, teacher):
    assert reverse("start") in client.get(reverse("welcome")).content.decode()
    assert client.post(reverse("welcome"), {"post": "teacher"}).url == reverse("start")
    assert not teacher.positions.exists()
    steps = client.get(reverse("start")).context["todo"]
    assert [step["url"].partition("#")[0] for step in steps] == [reverse("change_school"), reverse("edit_profile"), reverse("edit_profile")]


def test_subjects_are_folded_by_area_and_none_is_lost(client, teacher):
    page = client.get(reverse("edit_profile")).content.decode()
    assert page.count('name="subjects"') == Subject.objects.count()
    assert not re.search(r'<details class="more" open><summary>', page)
    teacher.subjects.add(Subject.objects.get(code="physics"))
    opened = re.findall(r'<details class="more" open><summary>([^<]+)', client.get(reverse("edit_profile")).content.decode())
    assert opened == ["Жаратылыстану"]


def test_letters_without_a_choice_are_told_so(client, teacher):
    for chosen in ("", "999999", "²", "abc", "1" * 30):
        response = client.post(reverse("welcome"), {"school": chosen, "school_text": "тараз", "post": "teacher"})
        assert response.status_code == 422, chosen
        assert 'value="тараз"' in response.content.decode()
    assert not Position.objects.exists()


# A school that is missing from the list


def test_a_proposal_does_not_stop_her_and_only_she_and_administrators_see_it(client, teacher, school):
    assert propose(client).url == reverse("start")
    proposed = School.objects.get(state=School.State.PROPOSED)
    assert (proposed.name_kk, proposed.proposed_by) == ("Жаңа ауыл мектебі", teacher)
    assert teacher.main_position.school == proposed
    colleague, administrator = make_person("colleague@example.org"), make_administrator()
    for reader, sees in [(teacher, True), (administrator, True), (colleague, False)]:
        page = signed_in(reader).get(reverse("person", args=[teacher.pk])).content.decode()
        assert (proposed.name_kk in page) is sees
        assert School.objects.visible_to(reader).filter(pk=proposed.pk).exists() is sees
    guest = Client().get(reverse("person", args=[teacher.pk])).content.decode()
    assert proposed.name_kk not in guest and "Жаңа ауыл" not in guest
    found = signed_in(colleague).get(reverse("suggest_schools"), {"q": "жана ауыл"}).content.decode()
    assert proposed.name_kk not in found
    taken = signed_in(colleague).post(reverse("welcome"), {"school": proposed.pk, "post": "teacher"})
    assert taken.status_code == 422


def test_a_proposal_needs_a_name_and_a_region_and_keeps_what_was_typed(client, teacher):
    for missing in ("new_name", "new_region"):
        response = propose(client, **{missing: ""})
        assert response.status_code == 422 and response.context["school"].has_error(missing)
        assert "Жаңа ауыл" in response.content.decode()
    assert not School.objects.filter(state=School.State.PROPOSED).exists()


def test_a_proposal_written_without_javascript_is_not_lost(client, teacher):
    propose(client, school="")
    assert School.objects.get(state=School.State.PROPOSED).name_kk == "Жаңа ауыл мектебі"


def test_pressing_twice_proposes_once(client, teacher):
    propose(client)
    propose(client)
    assert School.objects.filter(state=School.State.PROPOSED).count() == 1
    assert teacher.positions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_propose_once_and_leave_one_place():
    teacher, region = make_person(), Region.objects.first().pk
    clients = [signed_in(teacher) for _press in range(2)]
    for number in range(3):
        sent = PROPOSAL | {"new_region": region, "new_name": f"Жаңа ауыл мектебі {number}"}
        answers = together(*(partial(client.post, "/kk/welcome/", sent) for client in clients))
        assert [answer.status_code for answer in answers] == [302, 302]
        assert School.objects.filter(state=School.State.PROPOSED).count() == number + 1
        assert teacher.positions.current().count() == 1


# Where she works


def test_an_earlier_place_of_work_stays_in_her_history(client, teacher, school):
    administrator = make_administrator()
    actions.confirm_position(administrator, actions.take_position(teacher, school=school, post="teacher"))
    other = make_school("test-2", name="№ 2 мектеп")
    client.post(reverse("change_school"), {"school": other.pk, "post": "deputy"})
    person = User.objects.get(pk=teacher.pk)
    assert (person.main_position.school, person.main_position.role) == (other, "deputy")
    assert not person.is_verified, "what was confirmed at one school is worth nothing at another"
    past = person.positions.exclude(until=None).get()
    assert past.school == school and past.confirmed_by == administrator
    page = client.get(reverse("edit_profile")).content.decode()
    assert str(school) in page and str(other) in page


def test_the_same_place_taken_twice_stays_confirmed(client, teacher, school):
    position = actions.take_position(teacher, school=school, post="teacher")
    actions.confirm_position(make_administrator(), position)
    client.post(reverse("change_school"), {"school": school.pk, "post": "teacher"})
    assert teacher.positions.get().confirmed_at


def test_changing_the_school_needs_a_school(client, teacher):
    response = client.post(reverse("change_school"), {"post": "teacher"})
    assert response.status_code == 422
    assert len(response.context["school"].errors["school"]) == 1


def test_the_coordinator_confirms_from_a_list(client, teacher, school):
    position = actions.take_position(teacher, school=school, post="teacher")
    elsewhere = actions.take_position(make_person("far@example.org"), school=make_school("test-2"), post="teacher")
    coordinator = make_coordinator(school)
    desk = signed_in(coordinator)
    assert gettext("Waiting for you") in desk.get(reverse("start")).content.decode()
    page = desk.get(reverse("confirmations")).content.decode()
    assert reverse("confirm", args=[position.pk]) in page and reverse("confirm", args=[elsewhere.pk]) not in page
    assert desk.get(reverse("confirm", args=[position.pk])).status_code == 405
    for _press in range(2):
        assert desk.post(reverse("confirm", args=[position.pk])).url == reverse("confirmations")
    assert User.objects.get(pk=teacher.pk).is_verified
    assert Act.objects.filter(verb="confirm position").count() == 1
    assert desk.post(reverse("confirm", args=[elsewhere.pk])).status_code == 404
    assert client.get(reverse("confirmations")).status_code == 403


def test_whoever_was_signed_out_comes_back_to_the_list_she_pressed_on(school, speak_kazakh):
    page = reverse("confirmations")
    answer = Client().post(reverse("confirm", args=[1]), headers={"Referer": f"http://testserver{page}"})
    assert answer.url == f"{reverse('account_login')}?next={page}"


def test_nobody_confirms_herself(school):
    coordinator = make_coordinator(school)
    own = actions.take_position(coordinator, school=school, post="teacher")
    assert signed_in(coordinator).post(reverse("confirm", args=[own.pk])).status_code == 404


def test_a_confirmation_is_withdrawn_with_a_reason(client, teacher, school):
    position = actions.take_position(teacher, school=school, post="teacher")
    desk = signed_in(make_coordinator(school))
    desk.post(reverse("confirm", args=[position.pk]))
    assert desk.post(reverse("unconfirm", args=[position.pk]), {"reason": ""}).status_code == 422
    for _press in range(2):
        answer = desk.post(reverse("unconfirm", args=[position.pk]), {"reason": "Басқа мектепке ауысты."})
        assert answer.url == reverse("confirmations")
    assert not User.objects.get(pk=teacher.pk).is_verified
    assert Act.objects.get(verb="withdraw confirmation").reason == "Басқа мектепке ауысты."


def test_a_teacher_sees_the_state_and_how_to_ask(client, teacher, school):
    position = actions.take_position(teacher, school=school, post="teacher")
    unconfirmed = gettext("Your place of work is not confirmed yet")
    asking = gettext("Not confirmed yet: ask the coordinator of your school.")
    assert unconfirmed in client.get(reverse("start")).content.decode()
    assert asking in client.get(reverse("edit_profile")).content.decode()
    actions.confirm_position(make_administrator(), position)
    assert unconfirmed not in client.get(reverse("start")).content.decode()
    assert asking not in client.get(reverse("edit_profile")).content.decode()


# Her profile


def profile(**fields) -> dict:
    shown = {"shown_to": "everyone", "shown_parts": ["school", "teaching", "bio"], "listed_to": "members"}
    return {"family_name": "Сейітқалиева", "given_name": "Айнұр", "interface_language": "kk"} | shown | fields


def test_a_profile_is_saved_and_shown(client, teacher, school):
    actions.take_position(teacher, school=school, post="teacher")
    subject = Subject.objects.get(code="physics")
    typed = profile(patronymic="Қанатқызы", bio="**Физика** мұғалімімін.", subjects=[subject.pk], grades=["7"], interface_language="ru")
    assert client.post(reverse("edit_profile"), typed).url == reverse("edit_profile")
    page = Client().get(reverse("person", args=[teacher.pk])).content.decode()
    for shown in ("Сейітқалиева Айнұр Қанатқызы", "<strong>Физика</strong>", subject.name_kk, school.name_kk):
        assert shown in page
    assert teacher.email not in page
    assert User.objects.get(pk=teacher.pk).interface_language == "ru"


@pytest.mark.parametrize(
    "bio",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[мен](javascript:alert(1))",
        '<a href="//evil.example" style="position:fixed">x</a>',
        "![x](https://evil.example/x.png)",
        "\u202eтерс",
    ],
)
def test_a_hostile_bio_is_harmless(client, teacher, bio):
    client.post(reverse("edit_profile"), profile(bio=bio))
    page = Client().get(reverse("person", args=[teacher.pk])).content.decode()
    shown = re.search(r'<div class="prose"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert not shown or not re.search(r"<(?:script|img)|<[^>]*(?:onerror|style|javascript:)", shown[1])


@pytest.mark.parametrize("name", ["Д’Артаньян", "Нұр-Сұлтан", "O'Neil", "ы" * 80])
def test_names_of_people_are_shown_as_they_are(client, teacher, name):
    client.post(reverse("edit_profile"), profile(family_name=name))
    page = Client().get(reverse("person", args=[teacher.pk])).content.decode().replace("&#x27;", "'")
    assert f"{name} Айнұр" in page


@pytest.mark.parametrize(
    ("field", "value"), [("family_name", "ы" * 81), ("family_name", ""), ("given_name", "<b>Айнұр</b>"), ("bio", "ы" * 1001)]
)
def test_what_cannot_be_saved_is_told_at_its_field_and_kept(client, teacher, field, value):
    response = client.post(reverse("edit_profile"), profile(**{field: value}))
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == value
    assert User.objects.get(pk=teacher.pk).family_name == "Сейітқалиева"


def test_saving_a_profile_gives_back_no_access_that_was_taken_meanwhile(teacher):
    stale = User.objects.get(pk=teacher.pk)
    actions.change_access(make_administrator(), teacher, is_active=False, groups=[])
    actions.change_profile(stale, family_name="Әбенова", bio="Мұғалім.")
    saved = User.objects.get(pk=teacher.pk)
    assert not saved.is_active
    assert (saved.family_name, saved.sort_key, saved.bio_html) == ("Әбенова", stale.sort_key, "<p>Мұғалім.</p>\n")


def test_a_refused_profile_does_not_change_the_name_on_the_page(client, teacher):
    page = client.post(reverse("edit_profile"), profile(given_name="Бөтен", bio="ы" * 1001)).content.decode()
    header = page[page.index("<header") : page.index("</header>")]
    assert "Бөтен" not in header


def test_whoever_is_shut_out_or_nameless_is_not_shown(client, teacher):
    shut_out, nameless = make_person("out@example.org", is_active=False), User.objects.create_user("nameless@example.org")
    for hidden in (shut_out, nameless):
        assert client.get(reverse("person", args=[hidden.pk])).status_code == 404
    assert client.get(reverse("person", args=[10**6])).status_code == 404


# The start page


def test_the_start_page_has_what_a_teacher_needs(client, teacher):
    page = client.get(reverse("start")).content.decode()
    main = page[page.index("<main") :]
    assert reverse("share_material") in main
    assert gettext("Finish your profile") in main


def test_the_start_page_asks_few_questions(client, teacher, school):
    actions.take_position(teacher, school=school, post="teacher")
    actions.change_profile(teacher, subjects=Subject.objects.all()[:3], grades=Grade.objects.all()[:3], languages=["kk"])
    client.get(reverse("start"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse("start"))
    assert len(asked) <= START_QUERIES, "\n".join(query["sql"][:200] for query in asked)
