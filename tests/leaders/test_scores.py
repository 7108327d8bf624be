"""Scores from a spreadsheet: wrong lines by number and reason, all or nothing."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from leaders import actions
from leaders.checking import unexplained_scores
from leaders.demo import make_application
from leaders.demo.selection import make_stage
from leaders.models import Application, ScoreImport, Stage, StageResult
from portal.demo import make_person

from .choosing import Selection, make_selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection() -> Selection:
    return make_selection()


@pytest.fixture
def stage(selection) -> Stage:
    return make_stage(selection.cohort, "test", max_score=80)


@pytest.fixture
def applications(selection, stage) -> list[Application]:
    people = [make_person(f"a{n}@example.org", given_name=f"=Үміткер{n}") for n in range(3)]
    made = [make_application(person, selection.cohort, state="selection", stage=stage) for person in people]
    selection.cohort = actions.move_cohort(selection.manager, selection.cohort, "selection")
    return made


def csv_of(*lines: str) -> BytesIO:
    file = BytesIO("\n".join(["application;name;score", *lines]).encode())
    file.name = "тест.csv"
    return file


def send(selection: Selection, stage: Stage, file: BytesIO):
    return selection.post("manager", f"stages/{stage.pk}/scores/", {"file": file})


def test_scores_are_written_once_somebody_has_looked_at_them(selection, stage, applications):
    one, two, absent = applications
    answer = send(selection, stage, csv_of(f"{one.pk};А;60", f"{two.pk};Б;72,5", f"{absent.pk};В;"))
    assert not StageResult.objects.exists()
    address = answer.url.partition("/leaders/")[2]
    assert "Ұпайларды жазу" in selection.get("manager", address).content.decode()
    for _time in range(2):
        assert selection.post("manager", address, {"write": "1"}).status_code == 302
    assert dict(StageResult.objects.values_list("application", "score")) == {one.pk: Decimal(60), two.pk: Decimal("72.5")}
    assert [Application.objects.get(pk=row.pk).score for row in applications] == [Decimal(75), Decimal("90.63"), None]
    assert ScoreImport.objects.get().state == "written"


def test_a_workbook_is_read_like_a_csv(selection, stage, applications):
    book = Workbook()
    for row in (["score", "application"], [64, applications[0].pk], [12.5, applications[1].pk]):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "тест.xlsx"
    send(selection, stage, file)
    assert ScoreImport.objects.get().rows == [[applications[0].pk, "64.00"], [applications[1].pk, "12.50"]]


def test_wrong_lines_are_told_by_number_and_nothing_is_written(selection, stage, applications):
    one, two, three = applications
    elsewhere = make_stage(selection.cohort, "interview")
    Application.objects.filter(pk=three.pk).update(stage=elsewhere)
    lines = (f"{one.pk};;60", "999999;;10", "Айгүл;;10", f"{one.pk};;61", f"{three.pk};;5", f"{two.pk};;жетпіс", "1;2", f"{two.pk};;81")
    answer = send(selection, stage, csv_of(*lines))
    scores = ScoreImport.objects.get()
    expected = ["unknown", "unknown", "twice", "elsewhere", "no-number", "unreadable", "twice"]
    assert scores.errors == [[number, code] for number, code in enumerate(expected, start=3)]
    address = answer.url.partition("/leaders/")[2]
    page = selection.get("manager", address).content.decode()
    assert "7 жолда қате бар" in page and "жетпіс" not in page and "Айгүл" not in str(scores.errors)
    selection.post("manager", address, {"write": "1"})
    assert not StageResult.objects.exists()


def test_a_score_out_of_range_is_a_wrong_line(selection, stage, applications):
    for score in ("-1", "80.01", "1e9", "1e999999", "NaN", "Infinity"):
        send(selection, stage, csv_of(f"{applications[0].pk};;{score}"))
        assert len(ScoreImport.objects.first().errors) == 1, score


def test_another_file_is_refused(selection, stage):
    for content in (b"", b"name;score\nA;1", b"application;score;score\n1;2;3", b"PK\x03\x04broken"):
        file = BytesIO(content)
        file.name = "тест.csv"
        assert send(selection, stage, file).status_code == 422, content
    assert not ScoreImport.objects.exists()


def test_somebody_who_has_gone_on_meanwhile_stops_the_whole_list(selection, stage, applications):
    answer = send(selection, stage, csv_of(*(f"{row.pk};;60" for row in applications)))
    actions.withdraw_application(applications[1].user, applications[1])
    selection.post("manager", answer.url.partition("/leaders/")[2], {"write": "1"})
    assert not StageResult.objects.exists() and ScoreImport.objects.get().state == "read"


def test_a_dropped_list_is_written_no_more(selection, stage, applications):
    address = send(selection, stage, csv_of(f"{applications[0].pk};;60")).url.partition("/leaders/")[2]
    selection.post("manager", address, {"drop": "1"})
    selection.post("manager", address, {"write": "1"})
    assert not StageResult.objects.exists() and ScoreImport.objects.get().state == "dropped"


def test_the_list_to_fill_in_comes_back_as_it_went(selection, stage, applications):
    sent = selection.get("manager", f"stages/{stage.pk}/scores.csv").content.decode("utf-8-sig")
    lines = sent.splitlines()
    assert lines[0] == "application,name,school,score" and len(lines) == 4 and "'=Үміткер0" in lines[1]
    file = BytesIO(sent.replace(",\r\n", ",33\r\n").encode())
    file.name = "scores.csv"
    send(selection, stage, file)
    scores = ScoreImport.objects.get()
    assert len(scores.rows) == 3 and scores.errors == []


def test_many_scores_are_written_in_few_queries(selection, stage, applications, django_assert_max_num_queries):
    send(selection, stage, csv_of(*(f"{row.pk};;60" for row in applications)))
    with django_assert_max_num_queries(15):
        actions.write_scores(selection.manager, ScoreImport.objects.select_related("stage__cohort").get())


def test_a_score_that_no_result_explains_is_found(selection, stage, applications):
    send(selection, stage, csv_of(*(f"{row.pk};;{60 + n}" for n, row in enumerate(applications))))
    actions.write_scores(selection.manager, ScoreImport.objects.select_related("stage__cohort").get())
    assert list(unexplained_scores()) == []
    Application.objects.filter(pk=applications[0].pk).update(score=99)
    (found,) = unexplained_scores()
    assert (found.pk, found.says, found.has) == (applications[0].pk, Decimal(99), Decimal(75))
