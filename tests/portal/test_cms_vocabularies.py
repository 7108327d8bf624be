"""The CMS beside the pages: vocabularies, schools and people are changed through actions, and only by those who may."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from portal import actions
from portal.demo import make_administrator, make_person, make_school
from portal.models import Act, Curriculum, District, Holiday, Network, Objective, Region, Role, School, SchoolType, Subject, User
from portal.vocabularies import region_labels, subject_labels
from resources.actions import set_tags
from resources.models import Material, MaterialType, Tag
from search.find import suggest
from tests.together import together

from .newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db

NAMES = {"name_kk": "Жаңа", "name_ru": "Новое", "name_en": "New", "position": 1}
ADDED_TO = ["subject", "subjectarea", "curriculum", "objective", "region", "district", "schooltype", "network", "school", "materialtype"]
MODELS = [*ADDED_TO, "grade", "role", "tag"]


@pytest.fixture
def objective():
    curriculum = Curriculum(code="trial", first_year=2026, **NAMES)
    actions.put_vocabulary(curriculum)
    objective = Objective(
        curriculum=curriculum, subject=Subject.objects.get(code="physics"), grade_id=7, code="7.1.1.1", text_kk="Үлгі: күш", is_sample=True
    )
    actions.put_objective(objective)
    return objective


def act(verb: str, source: str) -> Act:
    return Act.objects.get(verb=verb, source=source)


# Vocabularies


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_list_opens_in_both_languages_of_the_cms(cms, objective, model, language):
    cms.cookies["django_language"] = language
    make_school()
    assert cms.get(reverse(f"{model}:index")).status_code == 200


@pytest.mark.parametrize("model", ADDED_TO)
def test_every_form_opens(cms, model):
    assert cms.get(reverse(f"{model}:add")).status_code == 200


def test_nobody_else_enters(client, administrator):
    client.force_login(make_person())
    for model in MODELS:
        assert client.get(reverse(f"{model}:index")).status_code in (302, 403)


def test_a_new_word_stands_at_the_end_and_leaves_an_act(cms, administrator):
    form = cms.get(reverse("network:add")).context["form"]
    assert form["position"].value() == Network.objects.count()
    cms.post(reverse("network:add"), {"code": "forest", **NAMES})
    assert Network.objects.get(code="forest").name_ru == "Новое"
    assert (added := act("add", "network")).actor == administrator
    assert added.after["code"] == "forest"


def test_a_new_name_is_shown_at_once(cms):
    with override("kk"):
        assert subject_labels(["physics"]) == {"physics": "Физика"}
    subject = Subject.objects.get(code="physics")
    data = {**NAMES, "area": subject.area_id, "first_grade": 7, "last_grade": 11, "code": "other"}
    cms.post(reverse("subject:edit", args=[subject.pk]), data)
    with override("kk"):
        assert subject_labels(["physics"]) == {"physics": "Жаңа"}
    assert act("change", "subject").before["name_kk"] == "Физика"


def test_a_code_is_fixed_once_the_row_stands(cms):
    subject = Subject.objects.get(code="physics")
    data = {**NAMES, "area": subject.area_id, "first_grade": 7, "last_grade": 11, "code": "other"}
    cms.post(reverse("subject:edit", args=[subject.pk]), data)
    subject.refresh_from_db()
    assert (subject.code, subject.name_kk) == ("physics", "Жаңа")


def test_a_renamed_region_is_found_with_its_schools(cms):
    school = make_school(region="31")
    assert region_labels(["31"])
    cms.post(reverse("region:edit", args=[school.region_id]), {**NAMES, "name_kk": "Әулиеата облысы"})
    assert [entry.object_id for entry in suggest("schools", "Әулиеата", user=AnonymousUser())] == [school.pk]


def test_what_is_in_use_is_not_removed(cms):
    school = make_school()
    response = cms.post(reverse("region:delete", args=[school.region_id]), follow=True)
    assert "It is in use and cannot be removed." in response.content.decode()
    assert Region.objects.filter(pk=school.region_id).exists()
    cms.post(reverse("network:delete", args=[Network.objects.get(code="magnet").pk]))
    assert not Network.objects.filter(code="magnet").exists()
    assert act("remove", "network").before["code"] == "magnet"


def test_a_subject_that_a_teacher_teaches_is_in_use():
    make_person(subjects=["physics"])
    with pytest.raises(ValidationError):
        actions.remove_vocabulary(Subject.objects.get(code="physics"))


def test_grades_cannot_be_changed(cms):
    page = cms.get(reverse("grade:index")).content.decode()
    assert "Add grade" not in page
    with pytest.raises(LookupError):
        cms.get("/cms/grade/edit/7/").context["form"]


def test_an_objective_is_found_by_its_new_text_and_not_after_its_removal(cms, objective):
    fields = {"curriculum": objective.curriculum_id, "subject": objective.subject_id, "grade": 7, "instruction": "", "code": "7.1.1.2"}
    cms.post(reverse("objective:edit", args=[objective.pk]), {**fields, "text_kk": "Үлгі: жылдамдық"})
    assert [entry.data["code"] for entry in suggest("objectives", "жылдамдық", user=AnonymousUser())] == ["7.1.1.2"]
    assert "7.1.1.2" in cms.get(reverse("objective:index"), {"q": "жылдам"}).content.decode()
    cms.post(reverse("objective:delete", args=[objective.pk]))
    assert suggest("objectives", "7.1.1.2", user=AnonymousUser()) == []


# Holidays


def holiday_form(**fields) -> dict:
    return {"date": "2027-05-16", "name_kk": "Құрбан айт", "name_ru": "Курбан айт", "name_en": "Kurban Ait", **fields}


def test_a_date_that_is_announced_anew_every_year_waits_for_an_editor():
    editor = signed_in(make_worker("Editors"))
    editor.cookies["django_language"] = "en"
    ait = Holiday.objects.get(date="2027-05-16")

    def waiting() -> str:
        return editor.get(reverse("holiday:index"), {"is_confirmed": "false"}).content.decode()

    assert ait.name_kk in waiting() and "Астана күні" not in waiting()
    marked = waiting().count("to be confirmed")
    assert editor.get(reverse("holiday:index")).content.decode().count("to be confirmed") == marked > 0
    editor.post(reverse("holiday:edit", args=[ait.pk]), holiday_form(is_confirmed="on"))
    ait.refresh_from_db()
    assert ait.is_confirmed and waiting().count("to be confirmed") == marked - 1


def test_the_same_day_is_not_a_holiday_twice():
    editor = signed_in(make_worker("Editors"))
    answer = editor.post(reverse("holiday:add"), holiday_form())
    assert "date" in answer.context["form"].errors
    assert Holiday.objects.filter(date="2027-05-16").count() == 1


def test_only_what_can_mean_the_same_is_merged(cms):
    for model in ("holiday", "banner"):
        assert "merge" not in cms.get(reverse(f"{model}:index")).content.decode()
        with pytest.raises(NoReverseMatch):
            reverse(f"{model}:merge", args=[1])
    assert reverse("subject:merge", args=[Subject.objects.first().pk]) in cms.get(reverse("subject:index")).content.decode()


# Schools


def school_form(school=None, **fields) -> dict:
    region = Region.objects.get(code="31")
    return {"code": "kz-7", "name_kk": "№ 7 мектеп", "region": region.pk, "locality": "Мерке", "state": "listed", **fields}


def test_a_school_is_added_found_and_closed(cms, administrator):
    hub = Network.objects.get(code="hub")
    cms.post(reverse("school:add"), school_form(networks=[hub.pk]))
    school = School.objects.get(code="kz-7")
    assert list(school.networks.all()) == [hub]
    assert [entry.object_id for entry in suggest("schools", "Мерке", user=AnonymousUser())] == [school.pk]
    assert cms.get(reverse("school:edit", args=[school.pk])).context["form"]["networks"].value() == [hub.pk]
    cms.post(reverse("school:edit", args=[school.pk]), school_form(state="closed"))
    assert suggest("schools", "Мерке", user=AnonymousUser()) == []
    assert school.schoolnetwork_set.get().until is not None
    assert act("change", "schools").after == {"state": "closed"}


def test_a_school_is_never_removed(cms):
    school = make_school()
    assert "Delete" not in cms.get(reverse("school:edit", args=[school.pk])).content.decode()
    with pytest.raises(NoReverseMatch):
        reverse("school:delete", args=[school.pk])


def test_a_district_of_another_region_is_refused(cms):
    district = District(code="abay", region=Region.objects.get(code="61"), **NAMES)
    actions.put_vocabulary(district)
    response = cms.post(reverse("school:add"), school_form(district=district.pk))
    assert response.context["form"].errors["district"] == ["This district lies in another region."]


def test_schools_are_searched_without_minding_capitals_and_a_proposed_one_too(cms):
    make_school("kz-1", name="Абай мектебі")
    make_school("kz-2", name="Әуезов мектебі", state=School.State.PROPOSED)
    assert "Абай мектебі" in cms.get(reverse("school:index"), {"q": "абай"}).content.decode()
    page = cms.get(reverse("school:index"), {"q": "әуезов"}).content.decode()
    assert "Әуезов мектебі" in page
    assert "Абай мектебі" not in page


def test_a_list_of_schools_costs_the_same_for_one_and_for_twenty(cms, django_assert_max_num_queries):
    make_school("kz-0")
    cms.get(reverse("school:index"))
    with django_assert_max_num_queries(40) as one:
        cms.get(reverse("school:index"))
    for number in range(1, 20):
        make_school(f"kz-{number}", type=SchoolType.objects.first())
    with django_assert_max_num_queries(len(one)):
        cms.get(reverse("school:index"))


# People


def person_page(user) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_people_are_found_by_name_and_address(cms):
    make_person("ainur@example.org", family_name="Сейітқалиева")
    for text in ("сейітқ", "AINUR@"):
        assert "ainur@example.org" in cms.get(reverse("wagtailusers_users:index"), {"q": text}).content.decode()
    assert "ainur@example.org" not in cms.get(reverse("wagtailusers_users:index"), {"q": "!!"}).content.decode()


def test_people_are_neither_added_nor_deleted_here(cms, administrator):
    person = make_person()
    assert cms.get("/cms/users/new/", follow=True).status_code == 404
    cms.post(f"/cms/users/delete/{person.pk}/")
    assert User.objects.filter(pk=person.pk).exists()
    for action in ("delete", "assign_role", "set_active_state"):
        cms.post(f"/cms/bulk/portal/user/{action}/?id={person.pk}", {"mark_as_active": ""})
    person.refresh_from_db()
    assert person.is_active


def test_a_reviewer_is_given_for_the_whole_portal_or_for_a_part(cms, administrator):
    person = make_person()
    for part in ("language:ru", "region:31", "", "school:1", "language:xx"):
        cms.post(reverse("role:add"), {"user": person.pk, "name": "reviewer", "part": part})
    assert set(person.roles.values_list("scope", flat=True)) == {"language:ru", "region:31", ""}
    page = cms.get(person_page(person)).content.decode()
    assert "<td>Russian</td>" in page and "Zhambyl" in page


def test_a_coordinator_is_given_for_a_school_where_she_works(cms, administrator):
    school, other = make_school("kz-1"), make_school("kz-2")
    person = make_person(school=school)
    address = f"{reverse('role:add')}?user={person.pk}"
    form = cms.get(address).context["form"]
    assert list(form.fields["school"].queryset) == [school]
    assert "Give a role" in cms.get(person_page(person)).content.decode()
    cms.post(reverse("role:add"), {"user": person.pk, "name": "coordinator", "school": other.pk})
    cms.post(reverse("role:add"), {"user": person.pk, "name": "coordinator"})
    cms.post(reverse("role:add"), {"user": person.pk, "name": "reviewer", "school": school.pk})
    assert not person.roles.exists()
    response = cms.post(reverse("role:add"), {"user": person.pk, "name": "coordinator", "school": school.pk})
    assert response["Location"] == person_page(person)
    role = person.roles.get()
    assert (role.scope, role.given_by) == (f"school:{school.pk}", administrator)
    assert Act.objects.get(verb="give role", object_id=person.pk).after == {"role": "coordinator", "scope": f"school:{school.pk}"}
    cms.get(reverse("role:delete", args=[role.pk]))
    assert person.roles.current().exists()
    cms.post(reverse("role:delete", args=[role.pk]))
    assert person.roles.get().until is not None
    assert act("end role", "people").actor == administrator


def test_giving_a_role_to_nobody_is_not_found(cms):
    for person in ("", "0", "x"):
        assert cms.get(reverse("role:add"), {"user": person}, follow=True).status_code == 404


def test_administrators_have_every_right_in_the_cms_as_long_as_they_hold_the_role(administrator):
    person = make_person()
    role = actions.give_role(administrator, person, name=Role.Name.ADMINISTRATOR)
    assert User.objects.get(pk=person.pk).is_superuser
    actions.end_role(administrator, role)
    assert not User.objects.get(pk=person.pk).is_superuser


def test_the_last_administrator_stays(cms, administrator):
    role = administrator.roles.get()
    response = cms.post(reverse("role:delete", args=[role.pk]), follow=True)
    assert "This is the last administrator" in response.content.decode()
    role.refresh_from_db()
    assert role.until is None


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_end_each_others_role_one_stays():
    pair = [make_administrator(f"administrator-{number}@example.org") for number in range(2)]
    roles = [person.roles.get() for person in pair]
    answers = together(*(partial(actions.end_role, actor, role) for actor, role in zip(pair, roles[::-1], strict=True)))
    assert Role.objects.current().filter(name=Role.Name.ADMINISTRATOR).count() == 1
    assert [type(answer) for answer in answers if answer] == [PermissionDenied]


def test_only_administrators_give_and_end_roles_and_access(administrator):
    person = make_person()
    with pytest.raises(PermissionDenied):
        actions.give_role(person, person, name=Role.Name.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        actions.end_role(person, administrator.roles.get())
    with pytest.raises(PermissionDenied):
        actions.change_access(person, administrator, is_active=False, groups=[])


def test_access_is_given_and_taken(cms, administrator):
    person, editors = make_person(), Group.objects.get(name="Editors")
    cms.post(person_page(person), {"groups": [editors.pk]})
    person.refresh_from_db()
    assert not person.is_active
    assert list(person.groups.all()) == [editors]
    assert act("change access", "people").after == {"active": False, "groups": ["Editors"]}
    response = cms.post(person_page(administrator), {})
    assert "You cannot shut yourself out." in response.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_editor_neither_sees_people_nor_changes_vocabularies(client):
    editor = make_administrator("editor@example.org")
    User.objects.filter(pk=editor.pk).update(is_superuser=False)
    editor.roles.all().delete()
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    for model in (*MODELS, "wagtailusers_users"):
        assert client.get(reverse(f"{model}:index")).status_code == 302


def test_own_settings_of_the_cms_ask_for_no_name(cms, administrator):
    page = cms.get(reverse("wagtailadmin_account"))
    assert b"first_name" not in page.content
    cms.post(
        reverse("wagtailadmin_account"),
        {
            "locale-preferred_language": "en",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    administrator.refresh_from_db()
    assert administrator.wagtail_userprofile.preferred_language == "en"


def test_own_settings_of_the_cms_are_for_those_who_enter_it(client):
    client.force_login(make_person())
    assert client.get(reverse("wagtailadmin_account")).status_code == 302


# Tags and types of material


def test_a_tag_is_renamed_and_removed_for_every_material(cms, administrator):
    material = Material.objects.create(author=administrator, title="Механика", language="kk", state="published")
    set_tags(material, ["күшш", "қозғалыс"])
    tag = Tag.objects.get(name="күшш")
    cms.post(reverse("tag:edit", args=[tag.pk]), {"name": "күш"})
    assert [entry.object_id for entry in suggest("materials", "күш", user=AnonymousUser())] == [material.pk]
    response = cms.post(reverse("tag:edit", args=[tag.pk]), {"name": "Қозғалыс"})
    assert "This tag exists already." in response.content.decode()
    cms.post(reverse("tag:delete", args=[tag.pk]))
    assert suggest("materials", "күш", user=AnonymousUser()) == []
    assert act("remove", "tags").before["materials"] == [material.pk]


def test_who_may_see_a_type_is_fixed_once_it_stands(cms):
    kind = MaterialType.objects.get(code="unit-summative")
    cms.post(reverse("materialtype:edit", args=[kind.pk]), NAMES)
    kind.refresh_from_db()
    assert (kind.name_kk, kind.requires_verified) == ("Жаңа", True)
