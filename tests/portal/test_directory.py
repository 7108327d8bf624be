"""The list of colleagues: who is found, by what and by whom, and what a profile shows is its owner's choice."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Region, School, SchoolType, Subject, User
from portal.views.search import LISTED_ON_A_PAGE
from resources.demo import make_material
from search.models import Entry

from .entrance import address, code_from, sign_up

pytestmark = pytest.mark.django_db

PEOPLE = "/kk/people/"
TYPED = {"family_name": "Омарова", "given_name": "Гүлдана", "interface_language": "kk"}
OPEN = {"shown_to": "everyone", "shown_parts": ["school", "teaching", "bio"], "listed_to": "everyone"}


@pytest.fixture
def school() -> School:
    lyceum = SchoolType.objects.get(code="lyceum")
    return make_school("lyceum-1", name="Қызылорда лицейі", name_ru="Лицей Кызылорды", region="31", type=lyceum)


@pytest.fixture
def teacher(school) -> User:
    """Found by every facet, by those who are signed in."""
    return make_person(
        "omarova@example.org",
        family_name="Омарова",
        given_name="Гүлдана",
        latin_name="Guldana Omarova",
        bio="Ауылда сабақ беремін.",
        school=school,
        subjects=["physics", "algebra"],
        grades=[7, 8],
        languages=["kk", "en"],
    )


@pytest.fixture
def reader() -> User:
    return make_person("reader@example.org", family_name="Ли", given_name="Анна", subjects=["chemistry"], grades=[1], languages=["ru"])


def browser(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def found(reader: User | None, **asked) -> list[str]:
    """Whom this reader finds, by their e-mail addresses."""
    page = browser(reader).get(PEOPLE, asked)
    assert page.status_code == 200
    return sorted(User.objects.filter(pk__in=[hit.object_id for hit in page.context["results"]]).values_list("email", flat=True))


def seen(reader: User | None, person: User) -> str:
    page = browser(reader).get(f"{PEOPLE}{person.pk}/")
    assert page.status_code == 200
    content = page.content.decode()
    return content[content.index("<main") : content.index("</main>")]


def choose(person: User, **fields) -> None:
    """She says in her profile who sees what."""
    person = User.objects.get(pk=person.pk)
    kept = {"subjects": [row.pk for row in person.subjects.all()], "grades": [row.pk for row in person.grades.all()]}
    typed = TYPED | kept | {"languages": person.languages, "latin_name": person.latin_name, "bio": person.bio} | OPEN | fields
    assert browser(person).post("/kk/me/", typed).status_code == 302


# Who is found, and by what


@pytest.mark.parametrize(
    ("facet", "code", "other"),
    [
        ("subject", "physics", "chemistry"),
        ("grade", "8", "1"),
        ("language", "en", "ru"),
        ("region", "31", "11"),
        ("school_type", "lyceum", "small"),
    ],
)
def test_each_facet_narrows_and_is_counted(teacher, reader, facet, code, other):
    assert teacher.email in found(reader)
    assert found(reader, **{facet: code}) == [teacher.email]
    assert teacher.email not in found(reader, **{facet: other})
    drawn = {shown["name"]: shown["options"] for shown in browser(reader).get(PEOPLE).context["facets"]}
    assert [option["count"] for option in drawn[facet] if option["value"] == code] == [1]


@pytest.mark.parametrize("words", ["Омарова", "омаровага", "Омарованы", "гулдана", "Гүлдананың", "Guldana", "omarova"])
def test_a_name_is_found_inflected_and_without_kazakh_letters_and_in_latin_ones(teacher, reader, words):
    assert found(reader, q=words) == [teacher.email]


def test_a_row_says_where_she_works_and_what_she_teaches(teacher, reader):
    for language, words in [
        ("kk", ("Қызылорда лицейі", "Мұғалім", "Физика", "қазақ")),
        ("ru", ("Лицей Кызылорды", "Учитель", "Физика", "казахский")),
    ]:
        row = browser(reader).get(f"/{language}/people/").content.decode()
        for word in words:
            assert word.lower() in row.lower()
    assert f'href="/ru/people/{teacher.pk}/"' in row and 'class="avatar' in row


def test_the_general_results_have_a_tab_of_colleagues(teacher, reader):
    page = browser(reader).get("/kk/search/", {"q": "Омарова", "in": "people"})
    assert [tab["label"] for tab in page.context["tabs"] if tab["current"]] == ["Әріптестер"]
    assert [hit.object_id for hit in page.context["results"]] == [teacher.pk]


def test_the_box_of_the_list_looks_among_colleagues_alone(teacher, reader):
    make_material(reader, title="Омарова әдісі")
    page = browser(reader).get(PEOPLE, {"q": "омарова"})
    assert f'action="{PEOPLE}" method="get" role="search"' in page.content.decode()
    assert [hit.source for hit in page.context["results"]] == ["people"]


def test_without_a_name_or_a_proved_address_nobody_is_in_the_list(reader):
    nameless = User.objects.create_user("nameless@example.org")
    actions.change_profile(nameless, languages=["kk"])
    assert not Entry.objects.filter(source="people", object_id=nameless.pk).exists()


def test_a_newcomer_is_found_once_her_address_is_proved(client, reader):
    sign_up(client)
    newcomer = User.objects.latest("pk")
    assert newcomer.email not in found(reader)
    client.post(address("account_email_verification_sent"), {"code": code_from(mail.outbox[0])})
    assert newcomer.email in found(reader)


def test_whom_she_has_blocked_a_reader_does_not_find(teacher, reader):
    assert found(reader, q="Омарова") == [teacher.email]
    actions.block(reader, teacher)
    assert found(reader, q="Омарова") == []


# What she lets be seen


def test_at_first_colleagues_find_her_and_everyone_sees_her_page(teacher, reader):
    assert teacher.email in found(reader) and teacher.email in found(teacher)
    assert found(None) == []
    assert "Ауылда сабақ беремін" in seen(None, teacher)


@pytest.mark.parametrize(
    ("shown_to", "listed_to", "guest", "member"),
    [
        ("everyone", "everyone", True, True),
        ("everyone", "members", False, True),
        ("everyone", "nobody", False, False),
        ("members", "everyone", False, True),
        ("nobody", "everyone", False, False),
    ],
)
def test_who_finds_her_is_her_choice_and_never_wider_than_her_profile(teacher, reader, shown_to, listed_to, guest, member):
    choose(teacher, shown_to=shown_to, listed_to=listed_to)
    assert (teacher.email in found(None), teacher.email in found(reader)) == (guest, member)
    assert (teacher.email in found(None, q="Омарова"), teacher.email in found(reader, q="Омарова")) == (guest, member)


@pytest.mark.parametrize(("shown_to", "guest", "member"), [("everyone", True, True), ("members", False, True), ("nobody", False, False)])
def test_who_sees_her_profile_is_her_choice(teacher, reader, shown_to, guest, member):
    material = make_material(teacher, title="Жарық пен көлеңке")
    choose(teacher, shown_to=shown_to)
    for viewer, sees in [(None, guest), (reader, member), (teacher, member)]:
        page, shared = seen(viewer, teacher), browser(viewer).get(f"/kk/materials/{material.pk}/").content.decode()
        assert "Омарова Гүлдана" in page and material.title in page
        for hidden in ("Қызылорда лицейі", "Физика", "Ауылда сабақ беремін"):
            assert (hidden in page) is sees, (viewer, hidden)
        assert "Омарова Гүлдана" in shared
        assert ("Қызылорда лицейі" in shared) is sees


@pytest.mark.parametrize(
    ("part", "word", "facets"),
    [
        ("school", "Қызылорда лицейі", {"region": "31", "school_type": "lyceum"}),
        ("teaching", "Физика", {"subject": "physics", "grade": "8", "language": "en"}),
        ("bio", "Ауылда сабақ беремін", {}),
    ],
)
def test_a_part_she_hides_is_shown_nowhere_and_found_by_nobody(teacher, reader, part, word, facets):
    material = make_material(teacher, title="Жарық", subjects=["chemistry"])
    choose(teacher, shown_parts=[other for other in OPEN["shown_parts"] if other != part])
    for viewer in (None, reader, teacher):
        page, row = seen(viewer, teacher), browser(viewer).get(PEOPLE, {"q": "Омарова"}).content.decode()
        assert word not in page and word not in row[row.index('<ol class="rows"') :]
        assert found(viewer, q="Омарова") == [teacher.email]
        for facet, code in facets.items():
            assert found(viewer, **{facet: code}) == []
        assert word not in browser(viewer).get(f"/kk/materials/{material.pk}/").content.decode()
    others = {"school": "Қызылорда лицейі", "teaching": "Физика", "bio": "Ауылда"}
    assert all(shown in seen(None, teacher) for name, shown in others.items() if name != part)


def test_her_own_page_says_who_sees_it(teacher):
    said = {"everyone": "барлығы осылай", "members": "порталға кіргендер осылай", "nobody": "аты-жөніңіз бен жарияланған"}
    for circle, words in said.items():
        choose(teacher, shown_to=circle)
        assert words in seen(teacher, teacher)
        assert words not in seen(None, teacher)


@pytest.mark.parametrize(("field", "value"), [("shown_to", "friends"), ("listed_to", ""), ("shown_parts", ["email"])])
def test_a_choice_that_does_not_exist_changes_nothing(teacher, field, value):
    before = User.objects.filter(pk=teacher.pk).values("shown_to", "listed_to", "shown_parts").get()
    answer = browser(teacher).post("/kk/me/", TYPED | OPEN | {field: value})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert User.objects.filter(pk=teacher.pk).values("shown_to", "listed_to", "shown_parts").get() == before


def test_an_entry_left_over_from_before_her_choice_shows_nothing(teacher, reader):
    User.objects.filter(pk=teacher.pk).update(listed_to="nobody")
    assert Entry.objects.filter(source="people", object_id=teacher.pk).exists()
    assert teacher.email not in found(reader)


def test_a_school_that_is_only_proposed_is_nobodys_to_read(teacher, reader):
    proposed = actions.propose_school(teacher, name="Жаңа ауыл мектебі", region=Region.objects.get(code="11"))
    actions.take_position(teacher, school=proposed, post="teacher")
    assert "Жаңа ауыл мектебі" not in browser(reader).get(PEOPLE).content.decode()
    assert found(reader, region="11") == []
    proposed.state, proposed.code = School.State.LISTED, "new-village"
    actions.put_school(proposed)
    assert "Жаңа ауыл мектебі" in browser(reader).get(PEOPLE).content.decode()
    assert found(reader, region="11") == [teacher.email]


# The entry follows what is done


def test_it_follows_her_profile(teacher, reader):
    typed = {"subjects": [Subject.objects.get(code="biology").pk], "grades": [9], "languages": ["ru"], "family_name": "Әбенова"}
    choose(teacher, **typed)
    assert found(reader, subject="biology", grade="9", language="ru", q="абенова") == [teacher.email]
    assert found(reader, q="Омарова") == [] and found(reader, subject="physics") == []


def test_it_follows_her_to_another_school(teacher, reader):
    other = make_school("other", name="Алматы мектебі", region="75", type=SchoolType.objects.get(code="small"))
    browser(teacher).post("/kk/me/school/", {"school": other.pk, "post": "deputy"})
    assert found(reader, region="75", school_type="small") == [teacher.email]
    assert found(reader, region="31") == []


def test_it_says_that_she_is_confirmed_as_long_as_she_is(teacher, reader, school):
    desk, place = browser(make_role(make_person("desk@example.org"), "coordinator", f"school:{school.pk}")), teacher.main_position
    rows = r'<ol class="rows".*chip-ok'
    assert not re.search(rows, browser(reader).get(PEOPLE).content.decode(), re.DOTALL)
    desk.post(f"/kk/confirmations/{place.pk}/confirm/")
    assert re.search(rows, browser(reader).get(PEOPLE).content.decode(), re.DOTALL)
    desk.post(f"/kk/confirmations/{place.pk}/withdraw/", {"reason": "Басқа мектепке ауысты."})
    assert not re.search(rows, browser(reader).get(PEOPLE).content.decode(), re.DOTALL)


def test_whoever_is_shut_out_leaves_the_list_and_comes_back(teacher, reader):
    administrator = make_administrator()
    for is_active in (False, True):
        actions.change_access(administrator, teacher, is_active=is_active, groups=[])
        assert (teacher.email in found(reader)) is is_active
        assert Entry.objects.filter(source="people", object_id=teacher.pk).exists() is is_active


def test_whoever_has_left_is_found_by_nobody(teacher, reader):
    actions.forget_person(teacher, keep=True)
    assert not Entry.objects.filter(source="people", object_id=teacher.pk).exists()
    assert found(reader, q="Омарова") == []


def test_it_follows_the_school_and_what_the_school_goes_into(teacher, reader, school):
    school.name_kk, school.region = "Сыр лицейі", Region.objects.get(code="43")
    actions.put_school(school)
    assert "Сыр лицейі" in browser(reader).get(PEOPLE).content.decode()
    assert found(reader, region="43") == [teacher.email]
    bigger = make_school("bigger", name="Үлкен лицей", region="75")
    actions.merge_rows(make_administrator(), school, bigger)
    assert "Үлкен лицей" in browser(reader).get(PEOPLE).content.decode()
    assert found(reader, region="75") == [teacher.email]


def test_it_follows_a_subject_into_another_one_and_the_old_address_stays_good(teacher, reader):
    physics, science = (Subject.objects.get(code=code) for code in ("physics", "natural-science"))
    actions.merge_rows(make_administrator(), physics, science)
    assert found(reader, subject="natural-science") == found(reader, subject="physics") == [teacher.email]


def test_the_list_is_checked_and_written_anew_like_everything_that_is_found(teacher, reader):
    call_command("check_index")
    Entry.objects.filter(source="people").delete()
    assert found(reader) == []
    call_command("rebuild_index", "people")
    assert teacher.email in found(reader)
    call_command("check_index")


# Few questions


def test_twenty_rows_ask_no_more_than_one(teacher, reader, school):
    client = browser(reader)

    def asked() -> int:
        client.get(PEOPLE)
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(PEOPLE).context["results"]
        assert len(shown) == min(LISTED_ON_A_PAGE, User.objects.count())
        return len(captured)

    few = asked()
    for number in range(19):
        make_person(f"{number}@example.org", school=school, subjects=["physics"], grades=[5, 6], languages=["kk", "ru"])
    assert asked() == few


def test_writing_an_entry_asks_as_much_for_many_subjects_as_for_one(teacher):
    def asked(subjects) -> int:
        with CaptureQueriesContext(connection) as captured:
            actions.change_profile(teacher, subjects=subjects)
        return len(captured)

    subjects = list(Subject.objects.all())
    actions.change_profile(teacher, subjects=subjects[:1])
    assert asked(subjects[1:2]) == asked(subjects[2:12])
