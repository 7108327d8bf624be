"""Two rows that mean the same become one: everything that pointed to either points to what stays, and the old code still leads there."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from community.models import Group
from leaders.demo import make_cohort, make_enrolment
from portal import actions
from portal.demo import make_objective, make_person, make_role, make_school
from portal.forms.people import SchoolFields
from portal.merging import count_pointing_to, plural, pointing_to
from portal.models import (
    Act,
    Curriculum,
    District,
    Grade,
    Merged,
    Network,
    Objective,
    Position,
    Region,
    Role,
    School,
    SchoolType,
    SectionPage,
    Subject,
    SubjectArea,
    User,
)
from portal.refs import Ref
from portal.vocabularies import subject_labels
from resources.actions import set_tags
from resources.demo import make_material
from resources.forms import MaterialForm
from resources.models import Material, MaterialType, Tag
from search.find import newest, suggest
from search.models import Entry
from search.query import SearchQuery
from search.upkeep import check

pytestmark = pytest.mark.django_db

GUEST = AnonymousUser()
MERGED = [Subject, SubjectArea, Curriculum, Objective, Region, District, SchoolType, Network, School, MaterialType, Tag]
NAMES = {"name_kk": "Басқа", "name_ru": "Другое", "name_en": "Other"}


@pytest.fixture
def double():
    """A second row for physics, put in by mistake."""
    physics = Subject.objects.get(code="physics")
    double = Subject(code="fizika", area=physics.area, **NAMES)
    actions.put_vocabulary(double)
    return double


def physics() -> Subject:
    return Subject.objects.get(code="physics")


def faults() -> list:
    return list(check())


def test_every_kind_of_row_that_points_here_has_a_name_to_be_counted_by():
    for model in MERGED:
        for table, _field in pointing_to(model):
            with override("kk"):
                kazakh = plural(table)
            with override("en"):
                assert kazakh != plural(table), table


# Subjects


def test_whatever_named_a_subject_names_the_other_one(administrator, double):
    teacher = make_person(subjects=["fizika", "mathematics"])
    material = make_material(teacher, subjects=["fizika"])
    objective = make_objective(double)
    actions.merge_rows(administrator, double, physics())
    assert not Subject.objects.filter(code="fizika").exists()
    assert set(teacher.subjects.values_list("code", flat=True)) == {"physics", "mathematics"}
    assert [subject.code for subject in material.subjects.all()] == ["physics"]
    assert Objective.objects.get(pk=objective.pk).subject == physics()
    assert faults() == []


def test_rows_that_would_stand_twice_collapse(administrator, double):
    teacher = make_person(subjects=["fizika", "physics"])
    material = make_material(teacher, subjects=["fizika", "physics"])
    actions.merge_rows(administrator, double, physics())
    assert teacher.subjects.get() == material.subjects.get() == physics()


def test_objectives_of_one_code_become_one_with_all_that_pointed_to_them(administrator, double):
    kept, gone = make_objective(physics()), make_objective(double, text_ru="Образец: сила")
    material = make_material(make_person(), objectives=[gone])
    actions.merge_rows(administrator, double, physics())
    assert material.objectives.get() == kept
    assert not Objective.objects.filter(pk=gone.pk).exists()
    assert Objective.objects.get(pk=kept.pk).text_ru == "Образец: сила"
    assert Merged.objects.current_id(Objective, gone.pk) == kept.pk
    assert faults() == []


def test_the_old_code_of_a_subject_narrows_lists_to_the_new_one(client, administrator, double):
    material = make_material(make_person(), title="Механика", subjects=["fizika"])
    make_material(make_person("other@example.org"), title="Бөлшектер")
    actions.merge_rows(administrator, double, physics())
    page = client.get("/kk/materials/?subject=fizika")
    assert [hit.entry.object_id for hit in page.context["results"].hits] == [material.pk]
    assert [chip["text"] for chip in page.context["chips"]] == ["Физика"]
    assert [hit.entry.object_id for hit in newest(user=GUEST, facets={"subject": ["physics"]})] == [material.pk]
    query = SearchQuery.for_user(GUEST, facets={"subject": ["fizika", "physics"]})
    assert query.facets == {"subject": ("physics",)}


def test_an_unknown_code_finds_nothing_as_before(client, double):
    make_material(make_person())
    assert client.get("/kk/materials/?subject=alchemy").context["results"].total == 0


def test_names_go_along_through_several_mergers(administrator, double):
    third = Subject(code="fiz", area=physics().area, **NAMES)
    actions.put_vocabulary(third)
    actions.merge_rows(administrator, third, double)
    actions.merge_rows(administrator, double, physics())
    assert Merged.objects.rows_by_code(Subject, ["fiz", "fizika"]) == {"fiz": physics(), "fizika": physics()}


def test_the_names_of_vocabularies_are_read_anew(administrator, double):
    assert set(subject_labels(["fizika", "physics"])) == {"fizika", "physics"}
    actions.merge_rows(administrator, double, physics())
    assert set(subject_labels(["fizika", "physics"])) == {"physics"}


def test_a_code_that_was_merged_is_not_given_again(administrator, double):
    actions.merge_rows(administrator, double, physics())
    with pytest.raises(ValidationError):
        actions.put_vocabulary(Subject(code="fizika", area=physics().area, **NAMES))


def test_a_form_that_was_open_meanwhile_means_the_new_rows(administrator, double):
    teacher = make_person()
    gone = make_objective(double, "7.1.1.2")
    kept = make_objective(physics(), "7.1.1.3")
    actions.merge_rows(administrator, gone, kept)
    actions.merge_rows(administrator, double, physics())
    draft = make_material(teacher, published=False)
    data = {"revision": draft.revision, "language": "kk", "licence": "cc-by", "audience": "public", "subjects": [double.pk]}
    form = MaterialForm({**data, "objectives": [gone.pk], "objective": str(gone.pk)}, instance=draft)
    assert list(form.chosen_objectives()) == [kept]
    assert form.is_valid(), form.errors
    assert list(form.cleaned_data["subjects"]) == [physics()]
    assert set(form.cleaned_data["objectives"]) == {kept}


# Schools


def test_people_materials_and_coordinators_of_a_school_go_along(administrator):
    old, new = make_school("old", name="№ 1 мектеп"), make_school("new", name="№ 1 орта мектеп")
    teacher = make_person(school=old, confirmed_by=administrator)
    colleague = make_person("colleague@example.org", school=new, confirmed_by=administrator)
    coordinator = make_role(make_person("coordinator@example.org", school=old), Role.Name.COORDINATOR, f"school:{old.pk}")
    material = make_material(teacher, audience=Material.Audience.SCHOOL)
    actions.merge_rows(administrator, old, new)
    assert teacher.positions.get().school == new
    assert coordinator.roles.get().scope == f"school:{new.pk}"
    colleague = User.objects.get(pk=colleague.pk)
    assert list(Material.objects.visible_to(colleague)) == [material]
    assert [hit.entry.object_id for hit in newest(user=colleague, sources=("materials",))] == [material.pk]
    assert [entry.object_id for entry in suggest("schools", "№ 1", user=GUEST)] == [new.pk]
    assert faults() == []


def test_a_place_held_at_both_schools_is_held_once_and_stays_confirmed(administrator):
    old, new = make_school("old"), make_school("new")
    teacher = make_person(school=old, confirmed_by=administrator)
    Position.objects.create(user=teacher, school=new, role=Position.Post.TEACHER, main=False)
    Position.objects.create(user=teacher, school=old, role=Position.Post.TEACHER, until=timezone.localdate(), main=False)
    make_role(teacher, Role.Name.COORDINATOR, f"school:{old.pk}")
    make_role(teacher, Role.Name.COORDINATOR, f"school:{new.pk}")
    actions.merge_rows(administrator, old, new)
    current = teacher.positions.current().get()
    assert (current.school, current.confirmed_by) == (new, administrator)
    assert teacher.positions.count() == 2
    assert teacher.roles.get().scope == f"school:{new.pk}"


def test_membership_in_a_network_is_not_doubled(administrator):
    old, new = make_school("old"), make_school("new")
    for school in (old, new):
        actions.put_school(school, networks=Network.objects.filter(code="hub"))
    actions.merge_rows(administrator, old, new)
    assert [network.code for network in new.networks.all()] == ["hub"]


def test_a_school_goes_only_into_a_listed_one(administrator):
    proposed = actions.propose_school(make_person(), name="Жаңа мектеп", region=Region.objects.get(code="31"))
    school = make_school("kz-1")
    with pytest.raises(ValidationError):
        actions.merge_rows(administrator, school, proposed)
    actions.merge_rows(administrator, proposed, school)
    assert Merged.objects.get(old_id=proposed.pk).new_id == school.pk


def test_who_chose_the_old_school_in_an_open_form_gets_the_new_one(administrator):
    old, new = make_school("old"), make_school("new")
    person, number = make_person(), old.pk
    actions.merge_rows(administrator, old, new)
    form = SchoolFields({"school": str(number), "post": "teacher"}, user=person)
    assert form.is_valid()
    assert form.cleaned_data["school_row"] == new


# Other vocabularies


def test_schools_of_a_region_and_a_district(administrator):
    region = Region(code="99", **NAMES)
    actions.put_vocabulary(region)
    district = District(code="d-1", region=region, **NAMES)
    actions.put_vocabulary(district)
    school = make_school("kz-1", region="99", district=district)
    actions.merge_rows(administrator, region, Region.objects.get(code="31"))
    school.refresh_from_db()
    assert school.region.code == school.district.region.code == "31"
    assert [entry.object_id for entry in suggest("schools", "Жамбыл", user=GUEST)] == [school.pk]
    other = District(code="d-2", region=Region.objects.get(code="61"), **NAMES)
    actions.put_vocabulary(other)
    with pytest.raises(ValidationError):
        actions.merge_rows(administrator, district, other)


def test_a_type_for_verified_teachers_never_becomes_open(administrator):
    closed, opened = MaterialType.objects.get(code="unit-summative"), MaterialType.objects.get(code="lesson-plan")
    with pytest.raises(ValidationError):
        actions.merge_rows(administrator, closed, opened)
    material = make_material(make_person(), type="worksheet")
    actions.merge_rows(administrator, MaterialType.objects.get(code="worksheet"), opened)
    assert Entry.objects.get(source="materials", object_id=material.pk).facets["type"] == ["lesson-plan"]


def test_a_merged_tag_stays_merged_when_it_is_typed_again(administrator):
    teacher = make_person()
    both, wrong = make_material(teacher, tags=["күш", "күшш"]), make_material(teacher, title="Механика", tags=["күшш"])
    old, new = Tag.objects.get(name="күшш"), Tag.objects.get(name="күш")
    actions.merge_rows(administrator, old, new)
    assert both.tags.get() == wrong.tags.get() == new
    set_tags(wrong, ["күшш", "күш"])
    assert wrong.tags.get() == new
    assert {entry.object_id for entry in suggest("materials", "күш", user=GUEST)} == {both.pk, wrong.pk}


@pytest.mark.parametrize("model", MERGED)
def test_nothing_points_to_a_row_that_is_gone(administrator, double, model):
    """Whatever tables there are: a row of each of these kinds, with one row of every table that points to it."""
    region, area = Region.objects.get(code="31"), SubjectArea.objects.first()
    more = {
        Subject: {"area": area},
        Curriculum: {"first_year": 2026},
        District: {"region": region},
        Objective: {"curriculum": make_objective(physics()).curriculum, "subject": physics(), "grade_id": 7, "text_kk": "Үлгі"},
        School: {"name_kk": "Мектеп", "region": region},
        Tag: {"language": "kk"},
    }
    naming = {Objective: "code", School: "code", Tag: "slug"}
    rows = []
    for name in ("old", "new"):
        fields = {} if model in naming else NAMES
        fields = fields | ({"name": name, "key": name} if model is Tag else {}) | more.get(model, {})
        rows.append(model.objects.create(**{naming.get(model, "code"): name}, **fields))
    make_material(make_person(), tags=["бөлшек"], objectives=Objective.objects.all()[:1])
    make_school()
    cohort = make_cohort()
    for name in ("first", "second"):
        make_enrolment(make_person(f"{name}@example.org"), cohort)
    for table, field in pointing_to(model):
        for row in rows:
            point(table, field, row)
    old, new = rows
    number = len(count_pointing_to(old))
    assert number == len({table for table, _field in pointing_to(model)})
    old_id = old.pk
    actions.merge_rows(administrator, old, new)
    for table, field in pointing_to(model):
        assert not table._base_manager.filter(**{field.attname: old_id}).exists()
        assert table._base_manager.filter(**{field.attname: new.pk}).exists()
    assert Merged.objects.get(model=model._meta.label_lower, old_id=old_id).new_id == new.pk


VALUES = {"DateTimeField": timezone.now(), "DateField": timezone.localdate(), "PositiveSmallIntegerField": 1}
# What Wagtail itself knows of a page
TREE = {"path", "depth", "page_ptr", "content_type", "locale", "slug"}


def point(table, field, row) -> None:
    """One row of `table` that points to `row`; what else it needs is taken from what stands there."""
    # A group has a name in some language, whichever that is.
    values = {field.name: row, **({"name_kk": "Топ"} if table is Group else {})}
    for other in table._meta.concrete_fields:
        if other is field or other.primary_key or other.has_default() or other.null or other.blank:
            continue
        if other.is_relation:
            rows = other.related_model._default_manager.all()
            if other.unique:
                rows = rows.exclude(pk__in=table._default_manager.values(other.name))
            values[other.name] = (rows.exclude(pk=row.pk) if other.related_model is type(row) else rows).first()
        elif other.unique:
            values[other.name] = f"{other.name}-{table._default_manager.count()}-{row.pk}"
        else:
            values[other.name] = VALUES.get(other.get_internal_type(), str(row.pk))
    if issubclass(table, Page):
        section = SectionPage.objects.first()
        section.add_child(instance=table(**{name: value for name, value in values.items() if name not in TREE}))
    else:
        table._default_manager.create(**values)


# In the CMS


def test_an_administrator_chooses_reads_what_will_move_and_confirms(cms, administrator, double):
    make_person(subjects=["fizika"])
    address = reverse("subject:merge", args=[double.pk])
    assert address in cms.get(reverse("subject:edit", args=[double.pk])).content.decode()
    assert address in cms.get(reverse("subject:index")).content.decode()
    page = cms.get(address, {"q": "ФИЗ"})
    assert [row for row, _facts in page.context["candidates"]] == list(Subject.objects.filter(code__in=["physics", "physical-education"]))
    page = cms.get(address, {"into": physics().pk})
    assert page.context["moving"] == {"People": 1}
    answer = cms.post(address, {"into": physics().pk})
    assert answer["Location"] == reverse("subject:edit", args=[physics().pk])
    act = Act.objects.get(verb="merge")
    assert (act.actor, act.ref) == (administrator, Ref("subject", physics().pk))
    assert (act.before["code"], act.after["into"]) == ("fizika", physics().pk)
    assert cms.post(address, {"into": physics().pk})["Location"] == answer["Location"]


def test_a_refusal_is_told(cms):
    closed, opened = MaterialType.objects.get(code="unit-summative"), MaterialType.objects.get(code="lesson-plan")
    address = reverse("materialtype:merge", args=[closed.pk])
    assert opened not in [row for row, _facts in cms.get(address).context["candidates"]]
    page = cms.post(address, {"into": opened.pk}, follow=True)
    assert "They differ in" in page.content.decode()
    assert MaterialType.objects.filter(pk=closed.pk).exists()


@pytest.mark.parametrize("model", MERGED)
def test_the_page_opens_for_every_vocabulary(cms, model):
    make_school()
    make_objective(physics())
    make_material(make_person(), tags=["бөлшек"])
    row = model.objects.first() or District.objects.create(code="d", region=Region.objects.first(), **NAMES)
    name = model._meta.model_name
    assert cms.get(reverse(f"{name}:merge", args=[row.pk])).status_code == 200


def test_grades_are_not_merged(cms):
    assert cms.get("/cms/grade/merge/7/", follow=True).status_code == 404
    assert "merge" not in cms.get(reverse("grade:index")).content.decode()
    assert Grade.objects.count() == 13


def test_nobody_else_merges(client, administrator, double):
    person = make_person()
    client.force_login(person)
    assert client.get(reverse("subject:merge", args=[double.pk])).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        actions.merge_rows(person, double, physics())
    with pytest.raises(ValidationError):
        actions.merge_rows(administrator, double, double)
