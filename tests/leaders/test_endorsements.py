"""The head's word by a link: once, in time, never by the applicant herself."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from leaders import actions
from leaders.demo import make_application
from leaders.demo.selection import make_endorsement, make_stage
from leaders.letters import token_of
from leaders.models import Application, Endorsement
from portal.models import Notice

from .choosing import Selection, make_selection

pytestmark = pytest.mark.django_db
HEAD = {"head_name": "Қасымова Дина", "head_email": "head@example.org", "language": "kk"}


@pytest.fixture
def selection() -> Selection:
    return make_selection(needs_endorsement=True)


@pytest.fixture
def draft(selection) -> Application:
    return make_application(selection.applicant, selection.cohort, state="draft")


def link(endorsement: Endorsement, language: str = "kk") -> str:
    return f"/{language}/leaders/endorse/{token_of(endorsement)}/"


def test_the_letter_speaks_the_language_chosen_for_it(selection, draft):
    for language, said in (("ru", "поддержать"), ("en", "endorse"), ("kk", "қолдауыңызды")):
        mail.outbox.clear()
        selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD | {"language": language})
        assert said in mail.outbox[0].body and f"/{language}/leaders/endorse/" in mail.outbox[0].body
        selection.post("applicant", f"applications/{draft.pk}/endorsement/withdraw/")


def test_a_second_press_sends_no_second_letter(selection, draft):
    for _time in range(2):
        selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD)
    assert len(mail.outbox) == 1 and Endorsement.objects.count() == 1


def test_nobody_writes_to_any_number_of_people(selection, draft):
    for _time in range(5):
        selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD)
        selection.post("applicant", f"applications/{draft.pk}/endorsement/withdraw/")
    assert selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD).status_code == 422
    assert len(mail.outbox) == 5


def test_applying_anew_opens_no_way_to_write_to_more_people(selection, settings):
    settings.LIMITS = settings.LIMITS | {"endorsement": (3, 24 * 3600)}
    for number in range(4):
        draft = make_application(selection.applicant, selection.cohort, state="draft")
        answer = selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD)
        assert answer.status_code == (302 if number < 3 else 422)
        actions.withdraw_application(selection.applicant, draft)
    assert len(mail.outbox) == 3


def test_the_head_is_somebody_else(selection, draft, client):
    own = HEAD | {"head_email": selection.applicant.email.upper()}
    assert selection.post("applicant", f"applications/{draft.pk}/endorsement/", own).status_code == 422
    asked = make_endorsement(draft, state="asked")
    assert "form" not in re.findall(r"<main.*?</main>", selection.client("applicant").get(link(asked)).content.decode(), re.S)[0]
    selection.client("applicant").post(link(asked), {"answer": "given"})
    asked.refresh_from_db()
    assert asked.state == "asked"


@pytest.mark.parametrize(("answer", "word", "state"), [("given", "", "given"), ("refused", "Сабақ көп", "refused")])
def test_the_link_takes_one_answer(client, draft, answer, word, state):
    asked = make_endorsement(draft, state="asked")
    client.post(link(asked), {"answer": answer, "word": word})
    client.post(link(asked), {"answer": "given", "word": "Екінші рет"})
    asked.refresh_from_db()
    assert (asked.state, asked.word) == (state, word)
    page = client.get(link(asked))
    assert page.status_code == 200 and "Сіз жауап бердіңіз" in page.content.decode()
    assert Notice.objects.get(user=draft.user).data["state"] == state


def test_whoever_refuses_says_why(client, draft):
    asked = make_endorsement(draft, state="asked")
    assert client.post(link(asked), {"answer": "refused"}).status_code == 422
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_link_that_is_over_says_so_and_another_can_be_asked_for(selection, client, draft):
    asked = make_endorsement(draft, state="asked", expires_at=timezone.now() + timedelta(days=14))
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get(link(asked)).status_code == client.post(link(asked), {"answer": "given"}).status_code == 410
        actions.expire_endorsements()
        asked.refresh_from_db()
        assert asked.state == "expired" and Notice.objects.get(user=draft.user).data["state"] == "expired"
        selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD)
    assert Endorsement.objects.live().count() == 1


@pytest.mark.parametrize("name", ["портал.кз кіріңіз", "Дина http://x.kz", "Дина\nhttps"])
def test_a_letter_of_ours_carries_no_strangers_words(selection, draft, name):
    assert selection.post("applicant", f"applications/{draft.pk}/endorsement/", HEAD | {"head_name": name}).status_code == 422
    assert mail.outbox == []


def test_an_answer_that_was_given_is_not_taken_back_by_a_late_press(selection, draft):
    given = make_endorsement(draft)
    selection.post("applicant", f"applications/{draft.pk}/endorsement/withdraw/")
    given.refresh_from_db()
    assert given.state == "given"


def test_a_reviewer_who_is_asked_to_endorse_reads_it_no_more(selection):
    stage = make_stage(selection.cohort)
    application = make_application(selection.applicant, selection.cohort, state="draft")
    make_endorsement(application, state="refused")
    make_endorsement(application, state="asked", head_email="old@example.org")
    actions.submit_application(selection.applicant, application)
    actions.move_cohort(selection.manager, selection.cohort, "selection")
    actions.lead_on(selection.manager, stage)
    actions.assign_reviewers(selection.manager, stage)
    selection.post("applicant", f"applications/{application.pk}/endorsement/withdraw/")
    reader = application.reviews.first().reviewer
    selection.post("applicant", f"applications/{application.pk}/endorsement/", HEAD | {"head_email": reader.email})
    assert application.reviews.get(reviewer=reader).state == "withdrawn"
    assert application.reviews.filter(state="assigned").count() == 2


@pytest.mark.parametrize("token", ["1", "1~x", "abc", "999999~x"])
def test_a_link_that_nobody_has_signed_opens_nothing(client, token):
    assert client.get(f"/kk/leaders/endorse/{token}/").status_code == 404


def test_a_withdrawn_link_says_that_nothing_is_to_be_done(client, draft):
    assert client.get(link(make_endorsement(draft, state="withdrawn"))).status_code == 410


def test_the_link_is_read_by_no_search_engine_and_kept_by_no_cache(client, draft):
    page = client.get(link(make_endorsement(draft, state="asked")))
    assert "noindex" in page.content.decode() and "no-store" in page["Cache-Control"]


def test_a_head_may_answer_while_the_selection_is_under_way(selection, client):
    application = make_application(selection.applicant, selection.cohort, state="draft")
    asked = make_endorsement(application, state="asked")
    actions.submit_application(selection.applicant, application)
    actions.move_cohort(selection.manager, selection.cohort, "selection")
    client.post(link(asked), {"answer": "given", "word": "Қолдаймын"})
    assert "Қолдаймын" in selection.get("manager", f"applications/{application.pk}/").content.decode()
