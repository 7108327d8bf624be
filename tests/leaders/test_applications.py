"""From the draft to the decision: what an applicant does and sees."""

import re
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone

from leaders import actions
from leaders.actions import applications
from leaders.demo import make_application
from leaders.demo.selection import make_question, make_stage
from leaders.models import Answer, Application, ApplicationFile, Endorsement, Enrolment, Review
from leaders.moves import NotAllowed
from portal.demo import make_person
from portal.models import File, Letter, Notice

from ..portal.sample_files import make_pdf
from .choosing import Selection, make_selection

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection() -> Selection:
    return make_selection()


def begin(selection: Selection) -> str:
    """The address of the draft, below /leaders/."""
    answer = selection.post("applicant", f"{selection.cohort.pk}/apply/")
    assert answer.status_code == 302
    return answer.url.partition("/leaders/")[2]


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_whole_road_in_the_browser(client):
    """Draft, endorsement by a link, two reviews, decision with a letter."""
    selection = make_selection(needs_endorsement=True)
    cohort = selection.cohort
    question, stage = make_question(cohort), make_stage(cohort)
    draft = begin(selection)
    selection.post("applicant", draft, {"language": "ru", f"q{question.pk}": "Хочу менять школу", "finish": "1"})
    selection.post("applicant", f"{draft}endorsement/", {"head_name": "Дина Қасымова", "head_email": "Head@Example.org", "language": "kk"})
    link = re.search(r"https?://\S+/leaders/endorse/(\S+)/", mail.outbox[-1].body)
    assert mail.outbox[-1].to == ["Head@Example.org"]
    answer = client.post(f"/kk/leaders/endorse/{link[1]}/", {"answer": "given", "word": "Қолдаймын"})
    assert answer.status_code == 302
    assert selection.post("applicant", f"{draft}submit/", {"consent": "on"}).status_code == 302
    actions.move_cohort(selection.manager, cohort, "selection")
    selection.post("manager", f"stages/{stage.pk}/lead-on/")
    selection.post("manager", f"stages/{stage.pk}/reviewers/")
    for review in Review.objects.all():
        points = {f"c{criterion.pk}": 8 for criterion in stage.rubric.criteria.all()}
        name = review.reviewer.email.partition("@")[0]
        assert selection.get(name, f"reviews/{review.pk}/").status_code == 200
        selection.post(name, f"reviews/{review.pk}/", points | {"note": "Мақсаты айқын", "hand_in": "1"})
    application = Application.objects.get()
    assert application.score == 80
    asked = {"id": application.pk, "outcome": "accepted", "reason": ""}
    assert "Дина Қасымова" in text(selection.get("manager", f"applications/{application.pk}/"))
    assert selection.post("manager", f"{cohort.pk}/applications/decide/", asked).status_code == 200
    assert Application.objects.get().state == "selection"
    selection.post("manager", f"{cohort.pk}/applications/decide/", asked | {"sure": "1"})
    application.refresh_from_db()
    assert (application.state, application.decided_by) == ("accepted", selection.manager)
    assert Enrolment.objects.get().application == application
    letter = Letter.objects.get(user=selection.applicant, language="ru")
    assert "принята" in letter.body
    assert "қабылданды" in text(selection.get("applicant", "applications/"))


def test_a_draft_is_kept_and_read_by_nobody_else(selection):
    question = make_question(selection.cohort)
    draft = begin(selection)
    assert begin(selection) == draft
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Жартысы"})
    assert "Жартысы" in selection.get("applicant", draft).content.decode()
    assert selection.get("manager", draft).status_code == 404
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Бәрі"})
    assert Answer.objects.get().text == "Бәрі"


def test_a_draft_keeps_itself_while_she_writes(selection):
    question = make_question(selection.cohort, max_letters=10)
    draft, htmx = begin(selection), {"HX-Request": "true"}
    answer = selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Қысқа"}, headers=htmx)
    assert answer.status_code == 200 and "<html" not in answer.content.decode()
    assert selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "ұзақ" * 9}, headers=htmx).status_code == 422
    assert Answer.objects.get().text == "Қысқа"


def test_files_go_with_the_draft_and_are_read_by_those_who_select(selection):
    question = make_question(selection.cohort, kind="file")
    draft = begin(selection)
    sent = BytesIO(make_pdf())
    sent.name = "диплом.pdf"
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": sent})
    row = ApplicationFile.objects.get()
    address = f"{draft}files/{row.file_id}/"
    assert [selection.get(name, address).status_code for name in ("applicant", "manager", "first")] == [200, 404, 404]
    selection.post("applicant", f"{draft}submit/", {"consent": "on"})
    assert [selection.get(name, address).status_code for name in ("applicant", "manager", "observer", "first")] == [200, 200, 200, 404]
    assert selection.post("applicant", f"{address}drop/").status_code == 404
    selection.post("applicant", f"{draft}reopen/")
    assert selection.get("manager", address).status_code == 404
    selection.post("applicant", f"{address}drop/")
    assert not File.objects.exists()


def test_a_file_that_is_not_taken_is_refused_by_its_field(selection):
    question = make_question(selection.cohort, kind="file")
    draft, sent = begin(selection), BytesIO(b"MZ" + bytes(100))
    sent.name = "бағдарлама.exe"
    answer = selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": sent})
    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert not ApplicationFile.objects.exists()


def test_what_is_missing_is_said_before_it_is_sent(selection):
    make_question(selection.cohort, name_kk="Тәжірибеңіз")
    make_question(selection.cohort, name_kk="Қосымша", required=False)
    selection.cohort.needs_endorsement = True
    selection.cohort.save()
    draft = begin(selection)
    page = text(selection.get("applicant", f"{draft}submit/"))
    assert "Тәжірибеңіз" in page and "Қосымша" not in page
    answer = selection.post("applicant", f"{draft}submit/", {"consent": "on"})
    assert answer.status_code == 422 and Application.objects.get().state == "draft"


def test_without_consent_nothing_is_sent(selection):
    draft = begin(selection)
    assert selection.post("applicant", f"{draft}submit/").status_code == 422
    assert Application.objects.get().state == "draft"


def test_what_was_sent_can_be_changed_until_applications_close(selection):
    question = make_question(selection.cohort)
    draft = begin(selection)
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Бірінші"})
    selection.post("applicant", f"{draft}submit/", {"consent": "on"})
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Кеш қалды"})
    assert Answer.objects.get().text == "Бірінші"
    selection.post("applicant", f"{draft}reopen/")
    application = Application.objects.get()
    assert (application.state, application.submitted_at, application.consent_at) == ("draft", None, None)
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Екінші"})
    selection.post("applicant", f"{draft}submit/", {"consent": "on"})
    actions.move_cohort(selection.manager, selection.cohort, "selection")
    selection.post("applicant", f"{draft}reopen/")
    assert (Application.objects.get().state, Answer.objects.get().text) == ("submitted", "Екінші")


def test_a_draft_that_was_not_sent_in_time_is_kept(selection):
    question = make_question(selection.cohort)
    draft = begin(selection)
    selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Кеше жазғаным"})
    selection.cohort.closes_at = timezone.now()
    selection.cohort.save()
    answer = selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": "Бүгін"}, follow=True)
    page = answer.content.decode()
    assert "notice-danger" in page and "Кеше жазғаным" in page
    assert selection.post("applicant", f"{draft}submit/", {"consent": "on"}).status_code in (404, 422)


def test_whoever_withdraws_is_read_no_more_and_may_begin_again(selection):
    application = make_application(selection.applicant, selection.cohort)
    selection.post("applicant", f"applications/{application.pk}/withdraw/")
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert begin(selection) != f"applications/{application.pk}/"


def test_unread_reviews_and_the_link_go_with_a_withdrawn_application(selection):
    stage = make_stage(selection.cohort)
    application = make_application(selection.applicant, selection.cohort, state="selection", stage=stage)
    Endorsement.objects.create(application=application, head_name="Дина", head_email="h@example.org", expires_at=timezone.now())
    actions.move_cohort(selection.manager, selection.cohort, "selection")
    actions.assign_reviewers(selection.manager, stage)
    actions.withdraw_application(selection.applicant, application)
    assert set(Review.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert Endorsement.objects.get().state == "withdrawn"


def test_whoever_is_accepted_gives_up_her_seat_instead(selection):
    application = make_application(selection.applicant, selection.cohort, state="accepted", decided_at=timezone.now())
    with pytest.raises(NotAllowed):
        actions.withdraw_application(selection.applicant, application)


def test_another_cannot_touch_an_application(selection):
    application = make_application(selection.applicant, selection.cohort)
    for address in ("withdraw/", "reopen/", "submit/", "endorsement/"):
        assert selection.post("first", f"applications/{application.pk}/{address}").status_code == 404
    application.refresh_from_db()
    assert application.state == "submitted"


def test_whoever_looks_after_the_cohort_does_not_apply(selection):
    answer = selection.post("manager", f"{selection.cohort.pk}/apply/")
    assert answer.status_code == 422 and not Application.objects.exists()


def test_her_list_says_where_each_stands_and_asks_little(selection, django_assert_max_num_queries):
    stage = make_stage(selection.cohort)
    application = make_application(selection.applicant, selection.cohort, state="selection", stage=stage)
    selection.get("applicant", "applications/")
    with django_assert_max_num_queries(5):
        page = text(selection.get("applicant", "applications/"))
    assert stage.name_kk in page
    assert stage.name_kk in text(selection.get("applicant", f"applications/{application.pk}/"))


def test_managers_are_told_once_of_many_applications(selection):
    for number in range(3):
        make_application(make_person(f"a{number}@example.org"), selection.cohort)
    assert Notice.objects.get(user=selection.manager, kind="application-submitted").number == 3


def test_a_question_holds_a_few_files(selection, monkeypatch):
    monkeypatch.setattr(applications, "FILES_AT_MOST", 1)
    question = make_question(selection.cohort, kind="file")
    draft = begin(selection)
    for number in range(2):
        sent = BytesIO(make_pdf())
        sent.name = f"{number}.pdf"
        answer = selection.post("applicant", draft, {"language": "kk", f"q{question.pk}": sent})
    assert answer.status_code == 422
    assert (ApplicationFile.objects.count(), File.objects.count()) == (1, 1)
