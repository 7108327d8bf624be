"""Lists from files: read and shown as a difference, written as they were shown, in the CMS and by command alike."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook

from portal import actions
from portal.actions import imports as import_actions
from portal.demo import make_person, make_school
from portal.imports.difference import Difference
from portal.imports.sheets import MAX_LINES, decode, plain_cell, read_lines, safe_cell
from portal.models import Act, Curriculum, District, Import, Network, Notice, Objective, Region, School, Subject
from portal.notices import kind_of
from portal.seams import importers
from portal.vocabularies import subject_labels
from resources.models import MaterialType
from search.find import suggest
from search.upkeep import check

pytestmark = pytest.mark.django_db

SCHOOLS = ["code", "name_kk", "region", "networks"]
OBJECTIVES = ["curriculum", "subject", "grade", "instruction", "code", "text_kk", "text_ru"]
FORCE = ("trial", "physics", "7", "", "7.1.1.1", "Үлгі: күш", "Образец: сила")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def trial():
    curriculum = Curriculum(code="trial", name_kk="Сынақ", name_ru="Проба", name_en="Trial", first_year=2026)
    actions.put_vocabulary(curriculum)
    return curriculum


def sheet(columns, *rows, separator: str = ",", encoding: str = "utf-8") -> bytes:
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue().encode(encoding)


def workbook(*rows, **cells) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in cells.items():
        book.active[place] = value
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def take_in(kind: str, data: bytes, **options) -> Difference:
    return actions.import_list(kind, data, **options)


def faults(difference: Difference) -> dict[int, str]:
    return {fault.number: fault.reason for fault in difference.faults}


# Files as they come


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding, separator):
    take_in("schools", sheet(SCHOOLS, ["kz-1", "Средняя школа № 1", "Жамбылская область", "hub"], separator=separator, encoding=encoding))
    assert School.objects.get(code="kz-1").name_kk == "Средняя школа № 1"


def test_kazakh_windows_keeps_its_letters():
    assert decode("Әуезов атындағы қала ұ ү і ң ғ һ ө".encode("kz1048")) == "Әуезов атындағы қала ұ ү і ң ғ һ ө"


def test_a_cell_may_hold_line_breaks_and_separators(trial):
    take_in("objectives", sheet(OBJECTIVES, [*FORCE[:5], "Үлгі: күш,\nүдеу", 'Образец: "сила"']))
    objective = Objective.objects.get()
    assert (objective.text_kk, objective.text_ru) == ("Үлгі: күш, үдеу", 'Образец: "сила"')


def test_a_workbook_as_people_fill_it_in():
    data = workbook(
        [*SCHOOLS, None], ["kz-1", "№ 1 мектеп", 31, "hub"], [None], ["kz-2", "№ 2 мектеп", 31.0, None], ["kz-3", "Мектеп", 99, None]
    )
    difference = take_in("schools", data)
    assert [change.number for change in difference.added] == [2, 4]
    assert faults(difference) == {5: "region: “99” is not known"}
    assert School.objects.get(code="kz-1").region.code == "31"


def test_a_workbook_turns_codes_into_dates_and_is_told_so(trial):
    data = workbook(OBJECTIVES, [*FORCE[:4], datetime(2026, 1, 7), *FORCE[5:]], ["trial", "physics", 7, None, 7.1, "Үлгі", None])
    difference = take_in("objectives", data)
    assert faults(difference) == {2: "a date stands where text is expected: format the column as text"}
    assert Objective.objects.get().code == "7.1"


def test_formulas_are_read_by_what_they_showed_and_never_run():
    difference = take_in("schools", workbook(SCHOOLS, ["kz-1", "№ 1 мектеп", "31", None], B2='=HYPERLINK("https://example.org")'))
    assert faults(difference) == {2: "name_kk: This field cannot be blank."}


def bomb() -> bytes:
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * (60 * 1024 * 1024))
    return data.getvalue()


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 no workbook", workbook(SCHOOLS)[:-200], bomb(), b"", b"\x00\x01\x02", "Хат".encode("utf-16")]
)
def test_what_is_no_list_is_refused_with_a_reason(data):
    with pytest.raises(ValidationError) as refused:
        take_in("schools", data)
    assert refused.value.messages[0]


def test_a_file_without_end_is_refused():
    with pytest.raises(ValidationError):
        list(read_lines(b"code\n" * (MAX_LINES + 2)))
    with pytest.raises(ValidationError):
        list(read_lines(workbook(["code"], A1048576="far away")))


def test_columns_that_are_unknown_or_missing_are_named():
    for columns in (["code", "name_kk"], [*SCHOOLS, "director"], [*SCHOOLS, "code"]):
        with pytest.raises(ValidationError, match="name_kk"):
            take_in("schools", sheet(columns, ["1"] * len(columns)))


# The difference


def test_what_is_added_changed_unchanged_missing_and_wrong():
    make_school("kz-1", name="№ 1 мектеп", locality="Мерке")
    make_school("kz-2", name="№ 2 мектеп")
    make_school("kz-3", name="№ 3 мектеп")
    make_school("kz-4", name="Басқа өңірде", region="61")
    make_school("kz-5", name="Жабық", state=School.State.CLOSED)
    rows = ["kz-1", "Абай мектебі", "31", ""], ["kz-2", "№ 2 мектеп", "31", ""], ["kz-9", "Жаңа", "31", "nis"], ["kz-8", "", "31", ""]
    difference = take_in("schools", sheet(SCHOOLS, *rows), dry_run=True)
    assert [(change.code, change.fields) for change in difference.changed] == [("kz-1", {"name_kk": ("№ 1 мектеп", "Абай мектебі")})]
    assert [change.code for change in difference.added] == ["kz-9"]
    assert [change.code for change in difference.missing] == ["kz-3"]
    assert faults(difference) == {5: "name_kk: This field cannot be blank."}
    assert difference.unchanged == 1
    assert not School.objects.filter(name_kk="Абай мектебі").exists()


def test_what_the_file_does_not_speak_of_stays():
    make_school("kz-1", name_ru="Школа № 1", locality="Мерке")
    take_in("schools", sheet(["code", "name_kk", "region"], ["kz-1", "Жаңа атау", "31"]))
    school = School.objects.get(code="kz-1")
    assert (school.name_kk, school.name_ru, school.locality) == ("Жаңа атау", "Школа № 1", "Мерке")


@pytest.mark.parametrize("kind", sorted(importers))
def test_what_was_exported_changes_nothing_when_it_comes_back(cms, trial, kind):
    take_in("objectives", sheet(OBJECTIVES, FORCE))
    make_school("kz-1")
    actions.put_school(make_school("kz-2"), networks=Network.objects.filter(code__in=["hub", "nis"]))
    actions.put_vocabulary(District(code="d-1", region=Region.objects.get(code="31"), name_kk="Мерке", name_ru="Мерке", name_en="Merki"))
    make_school("kz-3", district=District.objects.get(), name="=1+1")
    name = importers[kind].model._meta.model_name
    for form in ("csv", "xlsx"):
        data = b"".join(cms.get(reverse(f"{name}:index"), {"export": form}))
        difference = take_in(kind, data)
        assert (difference.writes, difference.faults, difference.missing) == (0, [], [])
        assert difference.unchanged == importers[kind].model.objects.count()


def test_an_export_runs_in_no_spreadsheet(cms):
    make_school("kz-1", name='=HYPERLINK("https://example.org")', name_ru="+7", name_en="'=1")
    text = b"".join(cms.get(reverse("school:index"), {"export": "csv"})).decode()
    assert next(csv.DictReader(StringIO(text)))["name_kk"].startswith("'=")
    for cell in ("=1", "'=1", "-1", "@x", "№ 1", "'тырнақша"):
        assert plain_cell(safe_cell(cell)) == cell


# Objectives and vocabularies


def test_objectives_are_found_and_a_second_run_changes_nothing(trial):
    data = sheet(OBJECTIVES, FORCE, ("Сынақ", "Физика", "7", "ru", "7.1.1.1", "Үлгі: күш", ""))
    assert len(take_in("objectives", data).added) == 2
    assert len(suggest("objectives", "7.1.1.1", user=AnonymousUser())) == 2
    again = take_in("objectives", data)
    assert (again.writes, again.unchanged) == (0, 2)
    changed = take_in("objectives", sheet(OBJECTIVES, [*FORCE[:5], "Үлгі: үдеу", ""]))
    assert changed.changed[0].fields == {"text_kk": ("Үлгі: күш", "Үлгі: үдеу"), "text_ru": ("Образец: сила", "")}
    assert [change.code for change in changed.missing] == []
    assert len(suggest("objectives", "үдеу", user=AnonymousUser())) == 1
    assert list(check()) == []


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        (0, "none", "curriculum: “none” is not known"),
        (2, "13", "grade: “13” is not known"),
        (2, "", "grade: “” is not known"),
        (3, "fr", "instruction: “fr” is not known"),
        (4, "1" * 31, "code: Ensure this value has at most 30 characters (it has 31)."),
        (5, "", "text_kk: This field cannot be blank."),
    ],
)
def test_a_wrong_objective_is_told(trial, place, text, reason):
    row = list(FORCE)
    row[place] = text
    assert faults(take_in("objectives", sheet(OBJECTIVES, row, [*FORCE[:4], "7.9", *FORCE[5:]]))) == {2: reason}
    assert Objective.objects.get().code == "7.9"


def test_new_words_of_a_vocabulary_stand_at_its_end_and_names_are_new_at_once():
    assert subject_labels(["physics"]) == {"physics": "Physics"}
    columns = ["code", "name_kk", "name_ru", "name_en", "area"]
    area = Subject.objects.get(code="physics").area.code
    rows = ["physics", "Физика", "Физика", "Physics!", area], ["robotics", "Робототехника", "Робототехника", "Robotics", area]
    difference = take_in("subjects", sheet(columns, *rows))
    assert difference.changed[0].fields == {"name_en": ("Physics", "Physics!")}
    assert subject_labels(["physics"]) == {"physics": "Physics!"}
    assert Subject.objects.last().code == "robotics"


def test_schools_are_found_by_the_new_name_of_their_region():
    school = make_school(region="31")
    take_in("regions", sheet(["code", "name_kk", "name_ru", "name_en"], ["31", "Әулиеата облысы", "Аулиеатинская область", "Auliyeata"]))
    assert [entry.object_id for entry in suggest("schools", "Әулиеата", user=AnonymousUser())] == [school.pk]


def test_who_may_see_a_type_is_not_changed_by_a_file():
    kind = MaterialType.objects.get(code="unit-summative")
    columns = ["code", "name_kk", "name_ru", "name_en", "requires_verified"]
    difference = take_in("material-types", sheet(columns, ["unit-summative", "БЖБ", "СОР", "Unit", "no"]))
    assert faults(difference) == {2: "requires_verified: it cannot be changed once the row stands"}
    kind.refresh_from_db()
    assert kind.requires_verified


def test_a_merged_row_does_not_come_back_with_an_old_file(administrator):
    old, new = make_school("old"), make_school("new", name="Абай мектебі")
    actions.merge_rows(administrator, old, new)
    assert faults(take_in("schools", sheet(SCHOOLS, ["old", "№ 1 мектеп", "31", ""]))) == {2: "code: “old” was merged into “Абай мектебі”"}


def many_schools(number: int) -> bytes:
    return sheet(SCHOOLS, *([f"kz-{n}", f"№ {n} мектеп", "31", "hub"] for n in range(number)))


def test_statements_write_as_many_rows_as_a_database_takes_at_once(monkeypatch):
    monkeypatch.setattr(import_actions, "REFRESHED_AT_ONCE", 0)
    monkeypatch.setattr(import_actions, "refresh_in_tasks", lambda touched: None)
    asked = []
    for number in (5, 400):
        School.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            take_in("schools", many_schools(number))
        asked.append(len(queries))
    assert asked[1] - asked[0] <= 400 // 50


# In the CMS


def send(cms, kind: str, data: bytes, name: str = "list.csv"):
    return cms.post(reverse("imports:index"), {"list": kind, "file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_file_is_shown_confirmed_and_written_once(cms, administrator):
    make_school("kz-1", name="№ 1 мектеп")
    page = send(
        cms, "schools", sheet(SCHOOLS, ["kz-1", "<b>Абай</b>", "31", ""], ["kz-2", "Жаңа", "31", "hub"], ["kz-3", "Мектеп", "99", ""])
    )
    row = Import.objects.get()
    text = page.content.decode()
    assert row.numbers == {"added": 1, "changed": 1, "unchanged": 0, "missing": 0, "faults": 1}
    assert "№ 1 мектеп" in text and "&lt;b&gt;Абай" in text and "region: “99” is not known" in text
    assert not School.objects.filter(code="kz-2").exists()
    address = reverse("imports:read", args=[row.pk])
    for _again in range(2):
        assert cms.post(address, follow=True).status_code == 200
    assert School.objects.get(code="kz-2").networks.get().code == "hub"
    act = Act.objects.get(verb="import")
    assert (act.actor, act.after["added"], act.after["digest"]) == (administrator, 1, row.digest)
    report = b"".join(cms.get(reverse("imports:report", args=[row.pk]))).decode("utf-8-sig")
    assert "kz-1" in report and "99" in report


def test_what_changed_meanwhile_is_shown_again_instead_of_being_written(cms):
    school = make_school("kz-1", name="№ 1 мектеп")
    send(cms, "schools", sheet(SCHOOLS, ["kz-1", "Абай мектебі", "31", ""]))
    school.name_kk = "Әуезов мектебі"
    actions.put_school(school)
    address = reverse("imports:read", args=[Import.objects.get().pk])
    page = cms.post(address, follow=True).content.decode()
    assert "changed by somebody else" in page and "Әуезов мектебі" in page
    assert School.objects.get(code="kz-1").name_kk == "Әуезов мектебі"
    cms.post(address)
    assert School.objects.get(code="kz-1").name_kk == "Абай мектебі"


def test_a_file_that_was_exchanged_is_not_written(cms):
    send(cms, "schools", sheet(SCHOOLS, ["kz-1", "Абай мектебі", "31", ""]))
    row = Import.objects.get()
    with row.file.storage.open(row.file.name, "wb") as file:
        file.write(sheet(SCHOOLS, ["kz-1", "Бөтен мектеп", "31", ""]))
    page = cms.post(reverse("imports:read", args=[row.pk]), follow=True).content.decode()
    assert "no longer the one that was sent" in page
    assert not School.objects.filter(code="kz-1").exists()


def test_a_large_file_is_read_and_written_by_tasks_that_tell_when_they_are_done(cms, administrator, monkeypatch):
    monkeypatch.setattr(import_actions, "SMALL_BYTES", 100)
    send(cms, "schools", many_schools(600))
    row = Import.objects.get()
    assert row.state == Import.State.READY
    cms.post(reverse("imports:read", args=[row.pk]))
    assert School.objects.filter(code__startswith="kz-").count() == 600
    notice = Notice.objects.get(user=administrator, kind="import")
    assert cms.get(f"/kk{kind_of(notice.kind).address(notice)}")["Location"] == reverse("imports:read", args=[row.pk])
    assert [entry.object_id for entry in suggest("schools", "№ 599", user=administrator)] == [School.objects.get(code="kz-599").pk]


def test_a_file_that_cannot_be_read_says_why(cms):
    page = send(cms, "objectives", b"code;text\n1;2\n")
    assert "The first line must name these columns" in page.content.decode()
    assert cms.post(reverse("imports:index"), {"list": "schools"}).status_code == 422


def test_imports_are_for_administrators(client):
    person = make_person()
    client.force_login(person)
    assert client.get(reverse("imports:index")).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        actions.start_import(person, "schools", SimpleUploadedFile("list.csv", many_schools(1)))


def test_the_command_prints_the_difference(tmp_path, trial):
    take_in("objectives", sheet(OBJECTIVES, FORCE, [*FORCE[:4], "7.2", *FORCE[5:]]))
    file, out, err = tmp_path / "list.xlsx", StringIO(), StringIO()
    file.write_bytes(workbook(OBJECTIVES, [*FORCE[:5], "Үлгі: үдеу", FORCE[6]], [*FORCE[:4], "7.3", *FORCE[5:]], ["?", *FORCE[1:]]))
    with pytest.raises(CommandError, match="left out"):
        call_command("import_list", "objectives", str(file), "--dry-run", stdout=out, stderr=err)
    assert out.getvalue().splitlines()[:3] == [
        "+ physics 7.3 Үлгі: күш",
        "~ physics 7.1.1.1 text_kk: Үлгі: күш → Үлгі: үдеу",
        "? physics 7.2 Үлгі: күш",
    ]
    assert err.getvalue() == "line 4: curriculum: “?” is not known\n"
    assert Objective.objects.count() == 2
