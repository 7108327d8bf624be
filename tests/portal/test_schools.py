"""The list of schools: taken in from a file, changed by hand, found while typing."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils.translation import override

import portal
from portal import actions
from portal.imports.difference import Difference
from portal.imports.schools import SchoolImporter
from portal.models import District, Network, Objective, Region, School
from portal.sample_objectives import load_sample_objectives
from search.find import suggest
from search.models import Entry

pytestmark = pytest.mark.django_db

COLUMNS = [column.name for column in SchoolImporter.columns]

NIS = Path(portal.__file__).parent / "data" / "nis_schools.csv"
GOOD = {"code": "kz-1", "name_kk": "№ 1 мектеп", "name_ru": "Школа № 1", "region": "31", "locality": "Мерке", "type": "general"}


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def sheet(*lines, delimiter=",") -> bytes:
    """A file with these lines; each is a dict of values, or text as it stands."""
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    for line in lines:
        if isinstance(line, dict):
            writer.writerow(line)
        else:
            text.write(line + "\n")
    return text.getvalue().encode()


def take_in(data: bytes) -> Difference:
    return actions.import_list("schools", data)


def reasons(data: bytes) -> dict[int, str]:
    return {line.number: line.reason for line in take_in(data).faults}


def found(text: str) -> list[str]:
    ids = [entry.object_id for entry in suggest("schools", text, user=AnonymousUser())]
    return [School.objects.get(pk=pk).code for pk in ids]


def test_a_good_line_becomes_a_school_that_is_found():
    report = take_in(sheet({**GOOD, "networks": "hub; Жетекші мектеп", "sample": "yes"}))
    school = School.objects.get(code="kz-1")
    assert (len(report.added), report.faults) == (1, [])
    assert (school.region.code, school.type.code, school.state, school.is_sample) == ("31", "general", "listed", True)
    assert set(school.networks.values_list("code", flat=True)) == {"hub", "leading"}
    assert found("мерке") == found("школа 1") == ["kz-1"]


def test_regions_and_types_may_be_written_by_name():
    assert take_in(sheet({**GOOD, "region": "жамбыл облысы", "type": "Общеобразовательная школа"})).numbers()["added"] == 1
    assert School.objects.get(code="kz-1").region.code == "31"


def test_the_second_run_changes_nothing():
    data = sheet({**GOOD, "networks": "hub"}, {**GOOD, "code": "kz-2", "sample": "1"})
    take_in(data)
    versions = list(Entry.objects.values_list("pk", "version"))
    report = take_in(data)
    assert (len(report.added), len(report.changed), report.unchanged) == (0, 0, 2)
    assert list(Entry.objects.values_list("pk", "version")) == versions


def test_a_change_reaches_the_school_its_order_and_its_entry_but_not_its_state():
    take_in(sheet({**GOOD, "networks": "hub;magnet"}))
    stored = School.objects.get(code="kz-1")
    stored.state = School.State.CLOSED
    actions.put_school(stored)
    report = take_in(sheet({**GOOD, "name_kk": "Абай мектебі", "networks": "magnet"}))
    school = School.objects.get(code="kz-1")
    assert (len(report.added), len(report.changed), school.pk) == (0, 1, stored.pk)
    assert (school.name_kk, school.state) == ("Абай мектебі", "closed")
    assert school.sort_key != stored.sort_key
    assert found("Абай") == []
    assert dict(school.schoolnetwork_set.values_list("network__code", "until"))["hub"] is not None
    assert school.schoolnetwork_set.get(until=None).network.code == "magnet"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({**GOOD, "region": "99"}, "region: “99” is not known"),
        ({**GOOD, "region": ""}, "region: “” is not known"),
        ({**GOOD, "name_kk": " "}, "name_kk: This field cannot be blank."),
        ({**GOOD, "code": ""}, "code: This field cannot be blank."),
        ({**GOOD, "name_ru": "я" * 251}, "name_ru: Ensure this value has at most 250 characters (it has 251)."),
        ({**GOOD, "district": "Мерке ауданы"}, "district: “Мерке ауданы” is not known"),
        ({**GOOD, "type": "castle"}, "type: “castle” is not known"),
        ({**GOOD, "networks": "hub;club"}, "networks: “club” is not known"),
        ({**GOOD, "sample": "perhaps"}, "sample: “perhaps” is not known"),
        ("kz-1,№ 1 мектеп,31", "3 columns instead of 10"),
        ('kz-1,"№ 1 мектеп,,,31,,,,,', "quotation marks that do not match"),
        ("kz-1,№ 1\x00 мектеп,,,31,,,,,", "letters that cannot be read: the file must be saved in UTF-8"),
    ],
)
def test_a_bad_line_is_told_by_number_and_reason_and_spoils_no_other(line, reason):
    data = sheet({**GOOD, "code": "kz-0"}, line, {**GOOD, "code": "kz-9"})
    assert reasons(data) == {3: reason}
    assert set(School.objects.filter(code__startswith="kz-").values_list("code", flat=True)) == {"kz-0", "kz-9"}


def test_every_fault_of_a_line_is_told_at_once():
    assert reasons(sheet({**GOOD, "region": "99", "name_kk": ""})) == {2: "region: “99” is not known; name_kk: This field cannot be blank."}


def test_a_doubled_code_is_told_with_its_first_line():
    assert reasons(sheet(GOOD, {**GOOD, "name_kk": "Басқа мектеп"})) == {3: "code: “kz-1” stands on line 2 already"}
    assert School.objects.get(code="kz-1").name_kk == "№ 1 мектеп"


def test_a_line_in_another_encoding_is_bad_and_the_rest_is_good():
    data = sheet(GOOD) + "kz-2,№ 2 мектеп,,,31,,,,,\n".encode("cp1251") + "kz-3,№ 3 мектеп,,,31,,,,,\n".encode()
    assert list(reasons(data)) == [3]
    assert School.objects.filter(code="kz-3").exists()


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_as_spreadsheets_write_them(ending, delimiter, mark):
    data = mark + sheet({**GOOD, "networks": "hub;nis"}, delimiter * 9, delimiter=delimiter).replace(b"\n", ending)
    report = take_in(data)
    assert (len(report.added), report.faults) == (1, [])
    assert School.objects.get(code="kz-1").networks.count() == 2


def test_a_district_is_looked_for_within_its_region():
    for region in ("31", "61"):
        district = District(code=f"abay-{region}", name_kk="Абай ауданы", name_ru="", name_en="", region=Region.objects.get(code=region))
        actions.put_vocabulary(district)
    take_in(sheet({**GOOD, "region": "61", "district": "Абай ауданы"}))
    assert School.objects.get(code="kz-1").district.code == "abay-61"


def run(*args) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_schools", *args, stdout=out, stderr=err)
    except CommandError as error:
        err.write(f"! {error}")
    return out.getvalue(), err.getvalue()


def test_the_command_counts_and_says_when_nothing_has_changed(tmp_path):
    file = tmp_path / "schools.csv"
    file.write_bytes(sheet(GOOD))
    assert run(str(file)) == ("new: 1, changed: 0, unchanged: 0, missing from the file: 0, bad: 0\n", "")
    assert run(str(file)) == ("new: 0, changed: 0, unchanged: 1, missing from the file: 0, bad: 0\nNothing has changed.\n", "")


def test_a_dry_run_writes_nothing(tmp_path):
    file = tmp_path / "schools.csv"
    file.write_bytes(sheet(GOOD, {**GOOD, "code": "kz-2", "region": "99"}))
    out, err = run("--dry-run", str(file))
    counted = "new: 1, changed: 0, unchanged: 0, missing from the file: 0, bad: 1"
    assert out.splitlines() == ["+ kz-1 № 1 мектеп", counted, "Nothing was written: this was a dry run."]
    assert err == "line 3: region: “99” is not known\n! Bad lines were left out."
    assert not School.objects.filter(code="kz-1").exists()


def test_a_file_that_is_no_list_of_schools(tmp_path):
    file = tmp_path / "letter.csv"
    file.write_bytes("Құрметті әріптестер!".encode("utf-16"))
    assert run(str(file))[1].startswith("! The first line must name these columns")
    assert "No such file" in run(str(tmp_path / "missing.csv"))[1]


def test_the_22_nis_schools():
    assert (report := take_in(NIS.read_bytes())).faults == []
    schools = School.objects.filter(networks__code="nis")
    assert len(report.added) + len(report.changed) + report.unchanged == schools.count() == 22
    assert not schools.filter(region__code__in=["19", "62"]).exists()
    assert not any("" in (school.name_ru, school.name_en, school.locality) for school in schools)
    assert [schools.filter(code__endswith=profile).count() for profile in ("-phm", "-chb")] == [10, 10]
    assert found("НИШ ФМН Актобе") == found("НЗМ ФМБ Ақтөбе") == found("NIS PhM Aktobe") == ["nis-aktobe-phm"]


def test_a_proposed_school_is_found_once_it_is_listed():
    school = School(code="new", name_kk="Жаңа мектеп", region=Region.objects.get(code="31"), state=School.State.PROPOSED)
    actions.put_school(school)
    assert found("Жаңа") == []
    school.state = School.State.LISTED
    actions.put_school(school, networks=Network.objects.filter(code="hub"))
    assert found("Жаңа") == ["new"]
    assert [network.code for network in school.networks.all()] == ["hub"]


def test_sample_objectives_say_that_they_are_samples_and_are_loaded_once():
    load_sample_objectives()
    assert load_sample_objectives() == 0
    objectives = Objective.objects.filter(curriculum__code="sample")
    assert objectives.count() > 50
    assert all(row.is_sample and row.text_kk.startswith("Үлгі: ") and row.text_ru.startswith("Образец: ") for row in objectives)
    assert {entry.data["code"] for entry in suggest("objectives", "7.1.1", user=AnonymousUser())} == {"7.1.1.1"}
