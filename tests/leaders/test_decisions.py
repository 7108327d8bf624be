"""Decisions, singly and many at once; the list of the applications."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leaders import actions
from leaders.demo import make_application
from leaders.demo.selection import make_endorsement, make_stage
from leaders.models import Application, Cohort, Enrolment, Review
from portal.demo import make_person, make_school
from portal.models import Act, Letter, Notice
from portal.paging import SIZE

from .choosing import Selection, make_selection

pytestmark = pytest.mark.django_db
REASON = "Тәжірибе жеткіліксіз."


@pytest.fixture
def selection() -> Selection:
    return make_selection()


def apply_many(selection: Selection, number: int, **fields) -> list[Application]:
    people = [make_person(f"a{n}@example.org", language=["kk", "ru", "en"][n % 3]) for n in range(number)]
    made = [make_application(person, selection.cohort, state="selection", **fields) for person in people]
    selection.cohort = actions.move_cohort(selection.manager, selection.cohort, "selection")
    return made


def decide(selection: Selection, who: str = "manager", **data):
    return selection.post(who, f"{selection.cohort.pk}/applications/decide/", data)


def states() -> list[str]:
    return list(Application.objects.order_by("pk").values_list("state", flat=True))


def test_many_are_decided_on_after_a_look_at_the_letter(selection):
    one, two, three = apply_many(selection, 3)
    asked = {"id": [one.pk, two.pk], "outcome": "declined", "reason": REASON}
    page = decide(selection, **asked)
    assert page.status_code == 200 and REASON in page.content.decode()
    assert states() == ["selection"] * 3
    decide(selection, **asked, sure="2")
    assert states() == ["declined", "declined", "selection"]
    letters = {letter.user: letter for letter in Letter.objects.filter(purpose=Letter.Purpose.ACCOUNT)}
    assert set(letters) == {one.user, two.user}
    assert "қабылданбады" in letters[one.user].body and "отклонена" in letters[two.user].body
    assert all(REASON in letter.body for letter in letters.values())
    act = Act.objects.filter(verb="applications declined").first()
    assert (act.actor, act.reason) == (selection.manager, REASON)
    page = selection.client("applicant").get(f"/kk/leaders/applications/{one.pk}/")
    assert page.status_code == 404


def test_the_applicant_reads_the_reason_on_her_page(selection):
    application = make_application(selection.applicant, selection.cohort, state="selection")
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "declined", reason=REASON)
    assert REASON in selection.get("applicant", f"applications/{application.pk}/").content.decode()
    assert Notice.objects.get(user=selection.applicant, kind="application-decided").data["outcome"] == "declined"


@pytest.mark.parametrize("outcome", ["declined", "reserve"])
def test_whoever_is_not_accepted_is_told_why(selection, outcome):
    application = apply_many(selection, 1)[0]
    assert decide(selection, id=application.pk, outcome=outcome, sure="1").status_code == 422
    assert states() == ["selection"]


def test_all_that_a_filter_finds_are_decided_on_at_once(selection):
    stage = make_stage(selection.cohort)
    apply_many(selection, 3, stage=stage)
    Application.objects.filter(pk=Application.objects.first().pk).update(stage=None)
    asked = {"all": "1", "filter": f"stage={stage.pk}", "outcome": "declined", "reason": REASON}
    assert decide(selection, **asked, sure="3").status_code == 200
    decide(selection, **asked, sure="2")
    assert sorted(states()) == ["declined", "declined", "selection"]


def test_nobody_is_accepted_without_the_head(selection):
    selection.cohort.needs_endorsement = True
    selection.cohort.save()
    people = [make_person(f"b{n}@example.org") for n in range(2)]
    made = [make_application(person, selection.cohort, state="draft") for person in people]
    for application, state in zip(made, ("given", "asked"), strict=True):
        make_endorsement(application, state=state)
        actions.submit_application(application.user, application)
    stage = make_stage(selection.cohort)
    selection.cohort = actions.move_cohort(selection.manager, selection.cohort, "selection")
    actions.lead_on(selection.manager, stage)
    page = selection.client("manager").post(
        f"/kk/leaders/{selection.cohort.pk}/applications/decide/",
        {"id": [row.pk for row in made], "outcome": "accepted", "sure": "2"},
        follow=True,
    )
    assert states() == ["accepted", "selection"]
    assert "мектеп директоры қолдамаған" in page.content.decode()


def test_the_best_stand_first_on_the_list_of_seats(selection):
    applications = apply_many(selection, 3)
    for application, score in zip(applications, (50, 90, 70), strict=True):
        Application.objects.filter(pk=application.pk).update(score=score)
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "accepted")
    assert [row.application_id for row in Enrolment.objects.order_by("place")] == [applications[n].pk for n in (1, 2, 0)]


def test_whoever_is_accepted_reads_whether_a_seat_is_offered_or_she_waits(selection, client):
    applications = apply_many(selection, 2)
    Cohort.objects.filter(pk=selection.cohort.pk).update(capacity=1)
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "accepted")
    for application, words in zip(applications, ("жауап беретін соңғы уақыт", "Сіз күту тізіміндесіз"), strict=True):
        client.force_login(application.user)
        assert words in client.get(f"/kk/leaders/applications/{application.pk}/").content.decode()


@pytest.mark.parametrize("staged", [False, True])
def test_without_stages_applications_are_decided_on_as_they_were_sent(selection, staged):
    application = make_application(selection.applicant, selection.cohort)
    if staged:
        make_stage(selection.cohort)
    decide(selection, id=application.pk, outcome="accepted", sure="1")
    assert states() == ["submitted" if staged else "accepted"]


def test_unread_reviews_end_with_the_decision(selection):
    stage = make_stage(selection.cohort)
    apply_many(selection, 1, stage=stage)
    actions.assign_reviewers(selection.manager, stage)
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "declined", reason=REASON)
    assert set(Review.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_a_decision_is_taken_back_with_a_reason(selection):
    application = apply_many(selection, 1)[0]
    address = f"applications/{application.pk}/take-back/"
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "declined", reason=REASON)
    selection.post("manager", address, {"reason": ""})
    assert states() == ["declined"]
    selection.post("manager", address, {"reason": "Қате"})
    application.refresh_from_db()
    assert (application.state, application.decided_at) == ("selection", None)
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "accepted")
    selection.post("manager", address, {"reason": "Қате"})
    assert states() == ["accepted"]


def test_only_managers_decide(selection):
    application = apply_many(selection, 1)[0]
    for who in ("observer", "first", "applicant"):
        assert decide(selection, who, id=application.pk, outcome="accepted", sure="1").status_code == 404
        with pytest.raises(PermissionDenied):
            actions.decide(selection.people[who], selection.cohort, Application.objects.all(), "accepted")
    assert states() == ["selection"]


def test_a_double_click_decides_once(selection):
    application = apply_many(selection, 1)[0]
    for _time in range(2):
        decide(selection, id=application.pk, outcome="accepted", sure="1")
    assert Enrolment.objects.count() == 1 and Letter.objects.filter(purpose=Letter.Purpose.ACCOUNT).count() == 1


def test_words_of_the_cohort_stand_in_the_letters(selection):
    apply_many(selection, 2)
    words = {f"{outcome}_{code}": "" for outcome in ("accepted", "reserve", "declined") for code in ("kk", "ru", "en")}
    assert selection.post("manager", f"{selection.cohort.pk}/words/", words | {"declined_ru": "Спасибо!"}).status_code == 422
    selection.post("manager", f"{selection.cohort.pk}/words/", words | {"declined_kk": "Рақмет!", "declined_ru": "Спасибо!"})
    actions.decide(selection.manager, selection.cohort, Application.objects.all(), "declined", reason=REASON)
    bodies = {letter.language: letter.body for letter in Letter.objects.filter(purpose=Letter.Purpose.ACCOUNT)}
    assert "Рақмет!" in bodies["kk"] and "Спасибо!" in bodies["ru"]


# The list


def test_the_list_asks_six_queries_however_many_there_are(selection):
    asked = {}
    for number in (1, 2 * SIZE):
        fill_states(selection, number)
        for query in ("", "?order=best", "?state=submitted&order=best"):
            address = f"{selection.cohort.pk}/applications/{query}"
            selection.get("manager", address)
            with CaptureQueriesContext(connection) as captured:
                assert selection.get("manager", address).status_code == 200
            asked[number, query] = len(captured)
    assert max(asked.values()) <= 6, asked


def fill_states(selection: Selection, number: int) -> None:
    for n in range(Application.objects.count(), number):
        make_application(make_person(f"s{n}@example.org"), selection.cohort, score=n)


def test_the_ranking_goes_on_where_it_stopped(selection):
    fill_states(selection, SIZE + 3)
    Application.objects.update(score=50)
    address = f"/kk/leaders/{selection.cohort.pk}/applications/?order=best"
    first = selection.client("observer").get(address).context["page"]
    second = selection.client("observer").get(first.next_url).context["page"]
    ranked = [row.pk for row in (*first.rows, *second.rows)]
    assert ranked == list(Application.objects.order_by("-score", "submitted_at", "pk").values_list("pk", flat=True))
    assert selection.client("observer").get(f"{address}&after=NaN~x~9").status_code == 200


def test_the_list_is_narrowed_by_stage_region_and_state(selection):
    stage = make_stage(selection.cohort)
    here, _other = apply_many(selection, 2)
    region = make_school("test-9", region="11").region
    Application.objects.filter(pk=here.pk).update(stage=stage, region=region)
    for query in (f"stage={stage.pk}", f"region={region.code}", f"stage={stage.pk}&state=selection"):
        rows = selection.client("manager").get(f"/kk/leaders/{selection.cohort.pk}/applications/?{query}").context["page"].rows
        assert [row.pk for row in rows] == [here.pk]
    wrong = "stage=x&region=99&state=nowhere"
    assert len(selection.client("manager").get(f"/kk/leaders/{selection.cohort.pk}/applications/?{wrong}").context["page"].rows) == 2


def test_whoever_gave_her_seat_up_may_be_accepted_once_more(selection):
    application = apply_many(selection, 1)[0]
    decide(selection, id=application.pk, outcome="accepted", sure="1")
    first = Enrolment.objects.get()
    actions.decline_offer(application.user, first)
    selection.post("manager", f"applications/{application.pk}/take-back/", {"reason": "Ойын өзгертті"})
    decide(selection, id=application.pk, outcome="accepted", sure="1")
    second = Enrolment.objects.exclude(pk=first.pk).get()
    assert (second.state, second.application, Application.objects.get().state) == ("offered", application, "accepted")
