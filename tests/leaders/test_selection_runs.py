"""Thousands of applications at once: in portions, with a word at the end, and nothing twice."""

import pytest

from leaders import actions
from leaders.actions import selection_runs
from leaders.demo import make_application
from leaders.demo.selection import make_stage
from leaders.models import Application, Enrolment, SelectionRun
from portal.demo import make_person
from portal.models import Act, Letter, Notice

from .choosing import Selection, make_selection

pytestmark = pytest.mark.django_db
REASON = "Тәжірибе жеткіліксіз."


@pytest.fixture
def selection(monkeypatch) -> Selection:
    """Seven applications, where two are many and three are a portion."""
    for place in ("leaders.views.decisions", "leaders.views.stages"):
        monkeypatch.setattr(f"{place}.AT_ONCE", 2)
    monkeypatch.setattr(selection_runs, "PORTION", 3)
    made = make_selection(capacity=2)
    stage = make_stage(made.cohort, "test")
    for number in range(7):
        person = make_person(f"a{number}@example.org", language=["kk", "ru", "en"][number % 3])
        make_application(person, made.cohort, state="submitted", score=number)
    made.cohort = actions.move_cohort(made.manager, made.cohort, "selection")
    made.stage = stage
    return made


def lead_on(selection: Selection, **more):
    return selection.post("manager", f"stages/{selection.stage.pk}/lead-on/", **more)


def decide(selection: Selection, outcome: str, count: int, **more):
    data = {"all": "1", "filter": "", "outcome": outcome, "reason": REASON, "sure": str(count)}
    return selection.post("manager", f"{selection.cohort.pk}/applications/decide/", data, **more)


def killed_after_one(monkeypatch) -> None:
    """As a worker is, between two portions."""
    whole = selection_runs.take_portion
    monkeypatch.setattr(selection_runs, "take_portion", lambda pk: whole(pk) and False)


def test_many_are_led_on_and_decided_on_by_a_task_that_may_be_killed(selection, monkeypatch):
    with monkeypatch.context() as meanwhile:
        killed_after_one(meanwhile)
        lead_on(selection)
    run = SelectionRun.objects.get()
    assert Application.objects.filter(state="selection", stage=selection.stage).count() == 3
    page = selection.get("manager", f"selection-runs/{run.pk}/").content.decode()
    assert 'value="3"' in page and 'max="7"' in page and 'hx-trigger="every 2s"' in page
    assert f"/selection-runs/{run.pk}/" in selection.get("manager", f"{selection.cohort.pk}/applications/").content.decode()
    assert "/selection-runs/" not in selection.get("observer", f"{selection.cohort.pk}/applications/").content.decode()
    # Nothing else of this kind is begun beside it; whoever asks is led to it
    assert decide(selection, "declined", 7).url.endswith(f"/selection-runs/{run.pk}/")
    for _time in range(2):
        selection_runs.go_on.call(run.pk)
    assert Application.objects.filter(state="selection", stage=selection.stage).count() == 7
    assert Act.objects.filter(verb="applications selection").count() == 7
    assert list(Notice.objects.filter(kind="application-stage").values_list("number", flat=True)) == [1] * 7
    told = Notice.objects.get(kind="selection-run", user=selection.manager)
    assert told.data | {"state": "done", "done": 7, "rest": 0} == told.data
    assert "hx-get" not in selection.get("manager", f"selection-runs/{run.pk}/", headers={"hx-request": "true"}).content.decode()

    answer = decide(selection, "declined", 7, follow=True)
    assert "7" in answer.content.decode() and SelectionRun.objects.first().state == "done"
    letters = Letter.objects.filter(purpose=Letter.Purpose.ACCOUNT)
    assert letters.count() == 7 and all(REASON in letter.body for letter in letters)
    assert {letter.language: letter.subject for letter in letters}.keys() == {"kk", "ru", "en"}
    assert Act.objects.filter(verb="applications declined", actor=selection.manager, reason=REASON).count() == 7


def test_a_manager_stops_what_was_begun_by_mistake(selection, monkeypatch):
    with monkeypatch.context() as meanwhile:
        killed_after_one(meanwhile)
        lead_on(selection)
    run = SelectionRun.objects.get()
    for _time in range(2):
        assert selection.post("manager", f"selection-runs/{run.pk}/stop/").status_code == 302
    selection_runs.go_on.call(run.pk)
    run.refresh_from_db()
    assert (run.state, run.done, Application.objects.filter(state="submitted").count()) == ("stopped", 3, 4)
    assert Act.objects.filter(verb="selection_runs stopped", actor=selection.manager).count() == 1
    lead_on(selection)
    assert Application.objects.filter(state="submitted").count() == 0


def test_of_many_who_are_accepted_the_best_are_offered_seats(selection):
    lead_on(selection)
    decide(selection, "accepted", 7)
    best_first = Enrolment.objects.order_by("-score")
    assert [row.state for row in best_first] == ["offered"] * 2 + ["waiting"] * 5


def test_the_rest_stays_as_it_was_when_its_manager_may_decide_no_more(selection, monkeypatch):
    with monkeypatch.context() as meanwhile:
        killed_after_one(meanwhile)
        lead_on(selection)
    actions.move_cohort(None, selection.cohort, "cancelled", reason="Қаражат жоқ")
    run = SelectionRun.objects.get()
    selection_runs.go_on.call(run.pk)
    run.refresh_from_db()
    assert (run.state, run.done) == ("stopped", 3)
    assert Application.objects.filter(state="submitted").count() == 4
