"""The CMS for programmes: what they are called, what their versions require, by which criteria work is read."""

import pytest
from django.test import Client
from django.urls import reverse

from leaders import actions
from leaders.demo import make_cohort, make_programme, make_programme_page, make_version
from leaders.models import Programme, ProgrammeVersion, Rubric
from portal.demo import make_administrator, make_person
from portal.models import Act, User
from search.models import Entry
from tests.portal.entrance import prove
from tests.portal.newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db
NAMES = {"name_kk": "Жетекші мұғалім", "name_ru": "Ведущий учитель", "name_en": "Leading teacher"}


@pytest.fixture
def administrator() -> User:
    return make_administrator()


@pytest.fixture
def cms(client, administrator) -> Client:
    client.force_login(administrator)
    prove(client)
    return client


def rows(prefix: str, *given: dict) -> dict:
    """As a browser sends a formset."""
    numbers = {
        f"{prefix}-TOTAL_FORMS": len(given),
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    return numbers | {f"{prefix}-{number}-{name}": value for number, row in enumerate(given) for name, value in row.items()}


def requirement(code: str, kind: str = "assignment", **fields) -> dict:
    return {"code": code, "kind": kind, "name_kk": f"Талап {code}", "inside": "", **fields}


def version_form(*requirements: dict, **fields) -> dict:
    return {"hours": 120, "kind": "all", "amount": "", **fields, **rows("requirements", *requirements)}


def edit(version: ProgrammeVersion) -> str:
    return reverse("programmeversion:edit", args=[version.pk])


def tree(version: ProgrammeVersion) -> dict[str, str | None]:
    return {row.code: row.parent and row.parent.code for row in version.requirements.select_related("parent")}


def test_a_programme_is_founded_and_renamed(cms, administrator):
    assert cms.post(reverse("programme:add"), {"code": "teachers", "level": "expert", **NAMES}).status_code == 302
    programme = Programme.objects.get()
    assert (programme.level, programme.name_ru) == ("expert", "Ведущий учитель")
    cohort = make_cohort(make_version(programme))
    changed = {"code": "other", "level": "basic", **NAMES, "name_kk": "Мектеп көшбасшысы"}
    cms.post(reverse("programme:edit", args=[programme.pk]), changed)
    programme.refresh_from_db()
    assert (programme.code, programme.level, programme.name_kk) == ("teachers", "basic", "Мектеп көшбасшысы")
    assert "level:basic" in Entry.objects.get(source="cohorts", object_id=cohort.pk).codes
    act = Act.objects.get(verb="change programme")
    assert act.actor == administrator and act.after == {"name_kk": "Мектеп көшбасшысы", "level": "basic"}


def test_a_programme_that_is_no_longer_offered_founds_no_cohort(cms):
    version = make_version()
    address = reverse("programme:edit", args=[version.programme_id])
    for is_retired in ("on", ""):
        cms.post(address, {"level": "basic", **NAMES, "is_retired": is_retired})
        offered = cms.get("/kk/leaders/new/").context["form"].fields["version"].queryset
        assert list(offered) == ([] if is_retired else [version])


def test_a_version_is_begun_with_what_the_one_before_requires(cms):
    first = make_version()
    answer = cms.post(reverse("programmeversion:add"), {"programme": first.programme_id, "hours": 80})
    assert answer.status_code == 302
    second = ProgrammeVersion.objects.get(number=2)
    assert (second.state, second.hours) == ("draft", 80)
    assert tree(second) == tree(first) and len(tree(first)) == 4
    assert [rubric.criteria.count() for rubric in second.rubrics.all()] == [1]
    assert first.requirements.count() == 4


def test_requirements_are_written_as_a_tree(cms):
    version = make_version(frozen=False)
    sent = version_form(
        requirement("works", "some", amount=1),
        requirement("essay", inside="works"),
        requirement("lesson", inside="works"),
        requirement("presence", "attendance", amount=75),
        requirement("earlier", "certificate", programme=make_programme("basics").pk),
        {"code": "", "kind": "", "name_kk": ""},
    )
    answer = cms.post(edit(version), sent)
    assert answer.status_code == 302, [form.errors for form in answer.context["form"].requirements]
    version.refresh_from_db()
    assert version.hours == 120
    assert tree(version) == {"whole": None, "works": "whole", "essay": "works", "lesson": "works", "presence": "whole", "earlier": "whole"}
    form = cms.get(edit(version)).context["form"]
    assert [row.initial["inside"] for row in form.requirements.initial_forms] == ["", "works", "works", "", ""]


def test_a_row_is_taken_away(cms):
    version = make_version(frozen=False)
    sent = version_form(requirement("essay"), requirement("lesson") | {"DELETE": "on"})
    cms.post(edit(version), sent)
    assert tree(version) == {"whole": None, "essay": "whole"}


@pytest.mark.parametrize(
    "wrong",
    [
        [requirement("essay"), requirement("essay")],
        [requirement("whole")],
        [requirement("essay", inside="nowhere")],
        [requirement("essay"), requirement("lesson", inside="essay")],
        [requirement("a", "all", inside="b"), requirement("b", "all", inside="a")],
        [requirement("a", "all", inside="a")],
        [requirement("presence", "attendance")],
        [requirement("presence", "attendance", amount=101)],
        [requirement("earlier", "certificate")],
        [requirement("no code") | {"code": ""}],
        [requirement("essay", amount=-1)],
    ],
    ids=[
        "code twice",
        "code of the whole",
        "no group",
        "no group but a leaf",
        "circle",
        "in itself",
        *("amount", "per cent", "which", "code", "less"),
    ],
)
def test_what_makes_no_tree_is_refused_and_nothing_is_lost(cms, wrong):
    version = make_version(frozen=False)
    before = tree(version)
    answer = cms.post(edit(version), version_form(*wrong))
    assert answer.status_code == 200
    assert tree(version) == before
    assert wrong[0]["name_kk"] in answer.content.decode()


def test_a_version_in_use_is_only_looked_at(cms):
    version = make_version()
    before = tree(version)
    page = cms.get(edit(version))
    assert page.context["is_fixed"] and page.context["form"].fields["hours"].disabled
    assert cms.post(edit(version), version_form(requirement("essay"))).status_code == 200
    version.refresh_from_db()
    assert (tree(version), version.hours) == (before, 240)


def test_a_version_is_retired_and_its_cohorts_go_on(cms, client, administrator):
    version = make_version()
    cohort, page = make_cohort(version), make_programme_page(version.programme)
    retire = reverse("programmeversion:delete", args=[version.pk])
    assert retire in cms.get(edit(version)).content.decode()
    assert retire not in cms.get(reverse("programmeversion:index")).content.decode()
    assert cms.get(retire).status_code == 200
    for _time in range(2):
        assert cms.post(retire).status_code == 302
    version.refresh_from_db()
    assert version.state == "retired"
    assert Act.objects.get(verb="versions retired").actor == administrator
    assert list(cms.get("/kk/leaders/new/").context["form"].fields["version"].queryset) == []
    guest = Client()
    assert guest.get("/kk/leaders/").context["programmes"] == []
    assert "Рефлексиялық есеп" in guest.get(f"/kk/leaders/{cohort.pk}/").content.decode()
    assert guest.get(page.url).context["cohorts"] == [cohort]
    for to in ("selection", "confirmed", "running", "assessment"):
        assert actions.move_cohort(administrator, cohort, to).state == to
    draft = make_version(version.programme, frozen=False)
    cms.post(reverse("programmeversion:delete", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_criteria_are_kept_with_their_version(cms):
    version = make_version(frozen=False)
    criterion = {"name_kk": "Дәлелі бар", "name_ru": "", "name_en": "", "max_points": 5}
    sent = {"version": version.pk, **NAMES, **rows("criteria", criterion, criterion | {"name_kk": "Анық жазылған"})}
    assert cms.post(reverse("rubric:add"), sent).status_code == 302
    rubric = Rubric.objects.get(name_kk=NAMES["name_kk"])
    assert list(rubric.criteria.values_list("name_kk", "max_points")) == [("Дәлелі бар", 5), ("Анық жазылған", 5)]
    address = reverse("rubric:edit", args=[rubric.pk])
    assert cms.post(address, {**NAMES, **rows("criteria", criterion | {"max_points": 7})}).status_code == 302
    assert list(Rubric.objects.get(pk=rubric.pk).criteria.values_list("max_points", flat=True)) == [7]
    assert cms.post(reverse("rubric:add"), sent).status_code == 200
    assert cms.post(address, {**NAMES, **rows("criteria", criterion | {"max_points": 0})}).status_code == 200
    assert cms.post(address, {**NAMES, **rows("criteria")}).status_code == 200


@pytest.mark.parametrize("model", ["programme", "programmeversion", "rubric"])
def test_every_list_and_form_opens_in_the_languages_of_the_cms(cms, model):
    make_version(frozen=False)
    for language in ("kk", "ru", "en"):
        cms.cookies["django_language"] = language
        assert cms.get(reverse(f"{model}:index"), {"q": "мұғ"}).status_code == 200
        assert cms.get(reverse(f"{model}:add")).status_code == 200


@pytest.mark.parametrize("model", ["programme", "programmeversion", "rubric"])
def test_nobody_else_enters(client, model):
    make_version(frozen=False)
    client.force_login(make_person())
    assert client.get(reverse(f"{model}:index")).status_code in (302, 403)
    editor = signed_in(make_worker("Editors"))
    assert editor.get(reverse(f"{model}:index")).status_code in (302, 403)
