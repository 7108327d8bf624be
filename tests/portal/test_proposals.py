"""Schools that people have missed in the list: administrators accept them, join them to listed ones, or refuse them."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from portal import actions
from portal.demo import make_administrator, make_person, make_school
from portal.models import Act, District, Merged, Notice, Region, School, User
from portal.notices import kind_of
from resources.demo import make_material
from resources.models import Material
from search.find import suggest
from tests.together import together

pytestmark = pytest.mark.django_db

LIST_QUERIES = 8


@pytest.fixture(autouse=True)
def speak_kazakh():
    with override("kk"):
        yield


@pytest.fixture
def teacher() -> User:
    return make_person()


@pytest.fixture
def proposal(teacher) -> School:
    school = propose(teacher)
    actions.take_position(teacher, school=school, post="teacher")
    return school


@pytest.fixture
def desk(administrator) -> Client:
    return signed_in(administrator)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def propose(person: User, name: str = "Жаңа ауыл мектебі") -> School:
    return actions.propose_school(person, name=name, region=Region.objects.get(code="31"), locality="Жаңа ауыл")


def decide(desk: Client, proposal: School, decision: str, **fields):
    return desk.post(reverse("proposal", args=[proposal.pk]), {"decision": decision} | fields)


def facts(**changed) -> dict:
    typed = {
        "code": "kz-31-7",
        "name_kk": "Жаңа ауыл орта мектебі",
        "name_ru": "Средняя школа Жана ауыл",
        "name_en": "",
        "locality": "Жаңа ауыл",
    }
    return typed | {"region": Region.objects.get(code="31").pk, "district": "", "type": ""} | changed


def told(person: User) -> list[str]:
    return [kind_of(notice.kind).text(notice) for notice in Notice.objects.filter(user=person, kind__startswith="school-")]


def found(text: str) -> list[int]:
    return [entry.object_id for entry in suggest("schools", text, user=make_person(f"{text}@example.org"))]


def test_who_waits_longest_stands_first(desk, proposal, teacher):
    second = propose(teacher, "Екінші мектеп")
    page = desk.get(reverse("proposals"))
    assert page.context["page"].rows == [proposal, second]
    assert teacher.full_name in page.content.decode()
    assert reverse("proposals") in desk.get(reverse("start")).content.decode(), "the menu leads there"


def test_a_long_queue_asks_no_more_than_a_short_one(desk, proposal, teacher):
    desk.get(reverse("proposals"))
    asked = []
    for number in range(19):
        if number in (0, 18):
            with CaptureQueriesContext(connection) as queries:
                desk.get(reverse("proposals"))
            asked.append(len(queries))
        propose(teacher, f"Мектеп {number}")
    assert asked[0] == asked[1] <= LIST_QUERIES


def test_an_accepted_school_is_found_under_its_checked_names(desk, administrator, proposal, teacher):
    for _press in range(2):
        assert decide(desk, proposal, "accept", **facts()).url == reverse("proposals")
    school = School.objects.get(pk=proposal.pk)
    assert (school.state, school.name_kk) == (School.State.LISTED, "Жаңа ауыл орта мектебі")
    assert found("орта") == [school.pk]
    assert teacher.positions.current().get().school == school
    [words] = told(teacher)
    assert "Жаңа ауыл орта мектебі" in words
    assert Act.objects.get(verb="accept proposal").actor == administrator
    with override("ru"):
        assert "Средняя школа Жана ауыл" in told(teacher)[0]


def test_accepting_in_the_cms_tells_the_proposer_too(desk, administrator, proposal, teacher):
    proposal.state, proposal.code = School.State.LISTED, "kz-31-7"
    actions.put_school(proposal, actor=administrator)
    assert len(told(teacher)) == 1


def test_an_accepted_school_gets_a_code_that_lists_can_name(desk, proposal):
    page = desk.get(reverse("proposal", args=[proposal.pk]))
    assert page.context["forms"]["accept"]["code"].value() == "31-zhana-auyl-mektebi"
    decide(desk, proposal, "accept", **facts())
    assert School.objects.get(pk=proposal.pk).code == "kz-31-7"
    actions.import_list("schools", "code,name_kk,region\nkz-31-7,Жаңа ауыл лицейі,31\n".encode())
    assert School.objects.get(pk=proposal.pk).name_kk == "Жаңа ауыл лицейі", "the next list finds it"


@pytest.mark.parametrize("code", ["", "own", "kz-1", "kz-old"])
def test_neither_a_proposals_code_nor_that_of_another_school_will_do(desk, administrator, proposal, code):
    actions.merge_rows(administrator, make_school("kz-old"), make_school("kz-1"))
    answer = decide(desk, proposal, "accept", **facts(code=proposal.code if code == "own" else code))
    assert answer.status_code == 422 and answer.context["forms"]["accept"].errors
    assert "Жаңа ауыл орта мектебі" in answer.content.decode(), "nothing typed is lost"
    assert School.objects.get(pk=proposal.pk).state == School.State.PROPOSED


def test_a_code_that_was_given_since_the_form_was_looked_at_is_refused(administrator, proposal, teacher):
    make_school("kz-31-7")
    with pytest.raises(ValidationError) as refusal:
        actions.accept_proposal(administrator, proposal, code="kz-31-7")
    assert "code" in refusal.value.message_dict
    assert School.objects.get(pk=proposal.pk).state == School.State.PROPOSED and told(teacher) == []


def test_no_code_is_offered_that_another_school_has(desk, proposal):
    make_school("31-zhana-auyl-mektebi")
    assert desk.get(reverse("proposal", args=[proposal.pk])).context["forms"]["accept"]["code"].value() == ""


def test_in_the_cms_a_proposal_is_not_listed_under_its_own_code(cms, proposal):
    sent = facts(code=proposal.code, state=School.State.LISTED)
    answer = cms.post(reverse("school:edit", args=[proposal.pk]), sent)
    assert answer.context["form"].has_error("code")
    assert cms.post(reverse("school:edit", args=[proposal.pk]), sent | {"code": "kz-31-7"}).status_code == 302
    assert School.objects.get(pk=proposal.pk).state == School.State.LISTED


def test_nobody_is_confirmed_at_a_school_that_is_only_proposed(desk, proposal, teacher):
    position = teacher.positions.get()
    assert teacher.full_name not in desk.get(reverse("confirmations")).content.decode()
    page = desk.post(reverse("confirm", args=[position.pk]), follow=True).content.decode()
    assert gettext("This school is only proposed: first it is taken into the list, or joined to a school of the list.") in page
    assert not teacher.positions.confirmed().exists()
    decide(desk, proposal, "accept", **facts())
    assert teacher.full_name in desk.get(reverse("confirmations")).content.decode()
    desk.post(reverse("confirm", args=[position.pk]))
    assert teacher.positions.confirmed().exists()


def test_what_cannot_be_accepted_is_told_and_kept(desk, proposal):
    district = District.objects.create(code="d", region=Region.objects.get(code="61"), name_kk="Аудан", name_ru="Район", name_en="District")
    answer = decide(desk, proposal, "accept", **facts(district=district.pk))
    assert answer.status_code == 422 and answer.context["forms"]["accept"].has_error("district")
    assert "Жаңа ауыл орта мектебі" in answer.content.decode()
    assert "Жаңа ауыл мектебі" in answer.content.decode(), "the page is still about what was proposed"
    assert decide(desk, proposal, "accept", **facts(name_kk="")).status_code == 422
    assert School.objects.get(pk=proposal.pk).state == School.State.PROPOSED


def test_joined_to_a_listed_school_its_people_and_works_go_along(desk, administrator, proposal, teacher):
    material = make_material(User.objects.get(pk=teacher.pk), audience=Material.Audience.SCHOOL)
    school = make_school("kz-1", name="Жаңа ауыл мектебі КММ")
    colleague = make_person("colleague@example.org", school=school, confirmed_by=administrator)
    assert not Material.objects.visible_to(colleague).exists()
    assert school.name in desk.get(reverse("proposal", args=[proposal.pk])).content.decode(), "what may be the same is offered"
    for _press in range(2):
        assert decide(desk, proposal, "join", school=school.pk).url == reverse("proposals")
    assert not School.objects.filter(pk=proposal.pk).exists()
    assert Merged.objects.current_id(School, proposal.pk) == school.pk
    assert teacher.positions.get().school == school
    actions.confirm_position(administrator, teacher.positions.get())
    assert list(Material.objects.visible_to(colleague)) == [material]
    [words] = told(teacher)
    assert proposal.name_kk in words and school.name_kk in words
    assert Act.objects.filter(verb="merge", actor=administrator).count() == 1


def test_without_javascript_the_school_is_found_by_a_button(desk, proposal):
    school = make_school("kz-1", name="№ 77 мектеп")
    page = decide(desk, proposal, "join", find="school", school_text="77")
    assert page.status_code == 200 and f'type="radio" name="school" value="{school.pk}"' in page.content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "999999", "self"])
def test_a_school_is_joined_only_to_a_listed_one(desk, proposal, chosen):
    answer = decide(desk, proposal, "join", school=proposal.pk if chosen == "self" else chosen)
    assert answer.status_code == 422
    assert School.objects.get(pk=proposal.pk).state == School.State.PROPOSED


def test_a_refused_school_is_nobodys_place_of_work(desk, proposal, teacher):
    assert decide(desk, proposal, "refuse", reason="").status_code == 422
    for _press in range(2):
        assert decide(desk, proposal, "refuse", reason="Мұндай мектеп жоқ.").url == reverse("proposals")
    assert not teacher.positions.current().exists() and teacher.positions.count() == 1
    [words] = told(teacher)
    assert "Мұндай мектеп жоқ." in words
    assert Act.objects.get(verb="refuse proposal").reason == "Мұндай мектеп жоқ."
    assert not School.objects.visible_to(make_person("other@example.org")).filter(pk=proposal.pk).exists()
    again = signed_in(teacher).post(reverse("change_school"), {"school": proposal.pk, "post": "teacher"})
    assert again.status_code == 422
    page = signed_in(teacher).get(reverse("edit_profile")).content.decode()
    assert proposal.name_kk in page, "her history keeps it"


def test_a_proposal_whose_proposer_has_left_is_decided_too(desk, proposal, teacher):
    User.objects.filter(pk=teacher.pk).delete()
    assert decide(desk, proposal, "accept", **facts()).url == reverse("proposals")
    assert School.objects.get(pk=proposal.pk).state == School.State.LISTED


def test_only_administrators_decide(proposal, teacher):
    client = signed_in(teacher)
    assert client.get(reverse("proposals")).status_code == 404
    assert decide(client, proposal, "accept", **facts()).status_code == 404
    for act, more in [
        (actions.accept_proposal, {}),
        (actions.refuse_proposal, {"reason": "жоқ"}),
        (actions.join_proposal, {"school": make_school()}),
    ]:
        with pytest.raises(PermissionDenied):
            act(teacher, proposal, **more)


def test_what_is_decided_is_not_decided_again(desk, proposal, teacher):
    decide(desk, proposal, "refuse", reason="Мұндай мектеп жоқ.")
    page = desk.post(reverse("proposal", args=[proposal.pk]), {"decision": "accept"} | facts(), follow=True).content.decode()
    assert gettext("This proposal is decided already.") in page
    assert School.objects.get(pk=proposal.pk).state == School.State.REFUSED
    assert desk.get(reverse("proposal", args=[10**6])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_the_first_one_decides():
    teacher = make_person()
    desks = [signed_in(make_administrator(f"administrator-{number}@example.org")) for number in range(2)]
    school = make_school("kz-1", name="№ 77 мектеп")
    for number in range(3):
        proposal = propose(teacher, f"Жаңа мектеп {number}")
        deeds = [("join", {"school": school.pk}), ("refuse", {"reason": "Мұндай мектеп жоқ."})]
        answers = together(*(partial(decide, desk, proposal, name, **sent) for desk, (name, sent) in zip(desks, deeds, strict=True)))
        assert [answer.status_code for answer in answers] == [302, 302]
    assert Act.objects.filter(verb__in=("merge", "refuse proposal")).count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_give_one_code_at_once_the_later_one_is_told():
    teacher = make_person()
    desks = [signed_in(make_administrator(f"administrator-{number}@example.org")) for number in range(2)]
    for turn in range(5):
        proposals = [propose(teacher, f"Жаңа мектеп {turn}-{number}") for number in range(2)]
        pairs = zip(desks, proposals, strict=True)
        answers = together(*(partial(decide, desk, proposal, "accept", **facts(code=f"kz-{turn}")) for desk, proposal in pairs))
        assert sorted(answer.status_code for answer in answers) == [302, 422]
        [refused] = [answer.context["forms"]["accept"] for answer in answers if answer.status_code == 422]
        assert refused.has_error("code")
