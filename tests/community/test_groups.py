"""Groups are found in the directory, founded by confirmed teachers, changed and archived by their owners."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from community import actions
from community.demo import make_group, make_member, make_topic
from community.models import Group, Membership, PostFile
from portal.demo import make_administrator, make_person, make_school
from portal.files import store
from portal.models import Act, Subject, User
from resources.demo import make_material
from search.models import Entry
from tests.portal.sample_files import make_image, make_pdf

pytestmark = pytest.mark.django_db

NAMED = {"name_kk": "Физика мұғалімдері", "purpose_kk": "Тәжірибелерді бірге ойластырамыз.", "access": "open", "slow_minutes": 0}


@pytest.fixture(autouse=True)
def speak_kazakh():
    with override("kk"):
        yield


@pytest.fixture
def teacher() -> User:
    return make_person(school=make_school(), confirmed_by=make_administrator())


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def found_by(person: User, **typed) -> Group:
    answer = signed_in(person).post(reverse("found_group"), NAMED | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return Group.objects.get(pk=answer.url.rstrip("/").split("/")[-1])


def listed(reader: User | None, **asked) -> set[int]:
    page = (signed_in(reader) if reader else Client()).get(reverse("groups"), asked)
    return {hit.object_id for hit in page.context["results"]}


def sources_with(reader: User, words: str) -> set[str]:
    return {hit.source for hit in signed_in(reader).get(reverse("search"), {"q": words}).context["results"]}


def test_a_confirmed_teacher_founds_a_group_and_owns_it(teacher):
    subject = Subject.objects.get(code="physics")
    group = found_by(teacher, subject=subject.pk, grades=[7, 8], rules="**Сыйласымдық**")
    membership = Membership.objects.get(group=group)
    assert (membership.user, membership.role, group.founder, group.members_count) == (teacher, "owner", teacher, 1)
    assert "<strong>" in group.rules_html and {grade.pk for grade in group.grades.all()} == {7, 8}
    page = Client().get(reverse("group", args=[group.pk])).content.decode()
    assert NAMED["name_kk"] in page and NAMED["purpose_kk"] in page
    assert Act.objects.get(verb="found group").object_id == group.pk


def test_a_second_press_founds_no_second_group(teacher):
    assert found_by(teacher) == found_by(teacher)


def test_who_is_not_confirmed_is_told_why_not():
    client = signed_in(make_person(school=make_school()))
    answer = client.post(reverse("found_group"), NAMED)
    assert (
        answer.status_code == 403 and gettext("Groups are founded by teachers whose place of work is confirmed") in answer.content.decode()
    )
    assert not Group.objects.filter(origin="people").exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name_kk": ""}, "name_kk"),
        ({"purpose_kk": ""}, "purpose_kk"),
        ({"name_ru": "Физики"}, "purpose_ru"),
        ({"school": "77777"}, "school"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(teacher, typed, field):
    answer = signed_in(teacher).post(reverse("found_group"), NAMED | {"rules": "Тек іс туралы"} | typed)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert "Тек іс туралы" in answer.content.decode()


def test_the_directory_is_searched_and_narrowed(teacher):
    physics = found_by(teacher, subject=Subject.objects.get(code="physics").pk)
    other = found_by(teacher, name_kk="", purpose_kk="", name_ru="Сельские школы", purpose_ru="О малокомплектных школах.")
    assert listed(None) >= {physics.pk, other.pk}
    assert listed(None, subject="physics") == {physics.pk}
    assert listed(None, language="ru") & {physics.pk, other.pk} == {other.pk}
    assert listed(None, q="малокомплектных") == {other.pk}


def test_a_hidden_group_is_listed_to_its_members_alone(teacher):
    group = found_by(teacher, access="hidden")
    assert group.pk in listed(teacher)
    for reader in (None, make_person("other@example.org"), make_administrator("second@example.org")):
        assert group.pk not in listed(reader)
        assert Client().get(reverse("group", args=[group.pk])).status_code == 404


def test_what_is_narrowed_is_found_by_nobody_else_from_that_moment(teacher):
    group = found_by(teacher)
    make_topic(teacher, group, title="Маятникпен тәжірибе")
    other = make_person("other@example.org")
    assert "topics" in sources_with(other, "маятникпен")
    assert signed_in(teacher).post(reverse("edit_group", args=[group.pk]), NAMED | {"access": "request"}).status_code == 302
    assert "topics" not in sources_with(other, "маятникпен") and "topics" in sources_with(teacher, "маятникпен")
    act = Act.objects.get(verb="change group")
    assert act.after == {"access": "request", "fields": ["access"]}


def test_the_page_of_a_group_leads_to_writing_where_one_may(teacher):
    member, outsider = make_person("member@example.org"), make_person("outsider@example.org")
    group = make_group(teacher, member)

    def leads() -> list[bool]:
        pages = [client.get(reverse("group", args=[group.pk])) for client in (signed_in(member), signed_in(outsider), Client())]
        return [reverse("ask", args=[group.pk]) in page.content.decode() for page in pages]

    assert leads() == [True, True, False]
    actions.archive_group(teacher, group)
    assert leads() == [False] * 3


def test_an_owner_alone_changes_her_group(teacher):
    group = make_group(teacher, name="Топ")
    colleague = make_person("colleague@example.org")
    make_member(group, colleague, role=Membership.Role.STEWARD)
    assert signed_in(colleague).post(reverse("edit_group", args=[group.pk]), NAMED).status_code == 404
    assert signed_in(teacher).post(reverse("edit_group", args=[group.pk]), NAMED).status_code == 302
    assert Entry.objects.get(source="groups", object_id=group.pk).title == NAMED["name_kk"]


def test_an_archived_group_is_only_read(teacher):
    group = make_group(teacher)
    client, address = signed_in(teacher), reverse("archive_group", args=[group.pk])
    for _press in range(2):
        client.post(address)
    assert Act.objects.filter(verb="archive group").count() == 1
    other = signed_in(make_person("other@example.org"))
    assert reverse("join_group", args=[group.pk]) not in other.get(reverse("group", args=[group.pk])).content.decode()
    assert other.post(reverse("join_group", args=[group.pk])).status_code == 403
    client.post(address, {"reopen": "1"})
    assert other.post(reverse("join_group", args=[group.pk])).status_code == 302


def test_the_shelf_shows_what_its_question_finds(teacher):
    fractions = make_material(teacher, title="Бөлшектер", subjects=("mathematics",))
    make_material(teacher, title="Оптика", subjects=("physics",))
    group = found_by(teacher, **{"shelf-text": "", "shelf-subject": ["mathematics"]})
    page = Client().get(reverse("group_materials", args=[group.pk]))
    assert [hit.object_id for hit in page.context["results"]] == [fractions.pk]
    assert group.shelf == {"text": "", "facets": {"subject": ["mathematics"]}}


def test_files_of_the_conversations_are_listed(teacher):
    group = make_group(teacher, access="request")
    post = make_topic(teacher, group, title="Тақтадағы сызба").posts.get()
    file = store(BytesIO(make_image("PNG")), name="тақта.png", user=teacher)
    PostFile.objects.create(post=post, file=file)
    page = signed_in(teacher).get(reverse("group_files", args=[group.pk])).content.decode()
    assert reverse("post_file", args=[post.topic_id, file.pk]) in page and "Тақтадағы сызба" in page
    assert Client().get(reverse("group_files", args=[group.pk])).status_code == 404


def test_a_picture_is_put_up_and_taken_down(teacher):
    group, client = make_group(teacher), signed_in(teacher)
    address = reverse("change_group_picture", args=[group.pk])
    for sent in (b"", make_pdf(), make_image("PNG")[:60]):
        assert client.post(address, {"picture": SimpleUploadedFile("a.png", sent)}).status_code == 422
    assert client.post(address, {"picture": SimpleUploadedFile("a.png", make_image("PNG"))}).status_code == 302
    shown = Client().get(reverse("group_picture", args=[group.pk]))
    assert shown.status_code == 200 and shown["Content-Type"] == "image/webp"
    assert client.post(address, {"remove": "1"}).status_code == 302
    assert Client().get(reverse("group_picture", args=[group.pk])).status_code == 404
