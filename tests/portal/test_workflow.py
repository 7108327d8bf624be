"""A page on its way from its author to its readers: an editor, a translator, the clock."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from portal import actions
from portal.clock import JOBS, run_due_jobs
from portal.models import ArticlePage, HomePage, User
from portal.preparation import prepare

from .newsroom import adds, is_found, make_worker, page_form, signed_in

pytestmark = pytest.mark.django_db
TITLE = "Ұстаздар кездесуі қаңтарда өтеді"
TEXT = "Мұғалімдер сейсенбіде жиналады."


@pytest.fixture
def people():
    languages = {"Authors": "kk", "Editors": "ru", "Translators": "en"}
    return {group: make_worker(group, language=language) for group, language in languages.items()}


@pytest.fixture
def author(people):
    return signed_in(people["Authors"])


@pytest.fixture
def editor(people):
    return signed_in(people["Editors"])


@pytest.fixture
def translator(people):
    return signed_in(people["Translators"])


@pytest.fixture
def submitted(author, news) -> ArticlePage:
    adds(author, news, page_form(TITLE, TEXT, "action-submit"))
    return ArticlePage.objects.get(title=TITLE)


def address(page, name: str = "edit") -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def acts(client, page, action: str, **more):
    """What the buttons of the list of waiting pages send."""
    state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
    where = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(where, more, follow=True)


def step(page) -> str:
    page = ArticlePage.objects.get(pk=page.pk)
    return page.current_workflow_task.name if page.workflow_in_progress else ""


def is_live(page) -> bool:
    return ArticlePage.objects.get(pk=page.pk).live


def letters() -> dict[str, str]:
    sent = {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}
    mail.outbox.clear()
    return sent


# The workflow


def test_preparing_again_makes_no_second_workflow():
    prepare()
    assert Workflow.objects.count() == 1
    assert GroupApprovalTask.objects.count() == 2
    assert set(WorkflowPage.objects.values_list("page", flat=True)) == set(HomePage.objects.values_list("pk", flat=True))


def test_from_the_author_to_the_reader(author, editor, translator, submitted):
    assert not is_live(submitted) and step(submitted) == "Редактор"
    told = letters()
    assert list(told) == ["editors@example.org"]
    assert "ждёт вас" in told["editors@example.org"] and TITLE in told["editors@example.org"]

    acts(editor, submitted, "approve")
    assert not is_live(submitted) and step(submitted) == "Аудармашы · Переводчик"
    told = letters()
    assert list(told) == ["translators@example.org"]
    assert "waits for you" in told["translators@example.org"] and f"/cms/pages/{submitted.pk}/edit/" in told["translators@example.org"]

    languages = Locale.objects.exclude(language_code="kk")
    translator.post(reverse("simple_translation:submit_page_translation", args=[submitted.pk]), {"locales": [row.pk for row in languages]})
    russian = submitted.get_translation(Locale.objects.get(language_code="ru"))
    translator.post(address(russian), page_form("Встреча учителей", "Учителя соберутся во вторник.", slug=russian.slug))
    assert is_live(russian)
    acts(translator, submitted, "approve")
    assert is_live(submitted) and not step(submitted)
    told = letters()
    assert list(told) == ["authors@example.org"]
    assert "мақұлданды" in told["authors@example.org"]

    guest = Client()
    assert TITLE in guest.get("/kk/news/").content.decode() and is_found(guest, "сейсенбі")
    assert "Встреча учителей" in guest.get("/ru/news/").content.decode() and is_found(guest, "вторника", "ru")


def test_of_a_page_that_waits_for_its_time_the_letter_says_when(author, editor, translator, news):
    opens = timezone.localtime().replace(hour=9, minute=0) + timedelta(days=2)
    adds(author, news, page_form(TITLE, TEXT, "action-submit", go_live_at=opens.strftime("%Y-%m-%d %H:%M")))
    page = ArticlePage.objects.get(title=TITLE)
    acts(editor, page, "approve")
    letters()
    acts(translator, page, "approve")
    assert not is_live(page)
    told = letters()["authors@example.org"]
    assert page.slug not in told and opens.strftime("%d.%m.%Y") in told


def test_an_author_may_not_publish(author, news, people):
    where = reverse("wagtailadmin_pages:add", args=["portal", "articlepage", news.pk])
    form = author.get(where).content.decode()
    assert 'name="action-submit"' in form and 'name="action-publish"' not in form
    author.post(where, page_form(TITLE, TEXT))
    assert not ArticlePage.objects.get(title=TITLE).live
    assert not is_found(Client(), "сейсенбі")


def test_nobody_steps_in_before_her_turn(author, translator, submitted):
    for client in (author, translator):
        acts(client, submitted, "approve")
        assert not is_live(submitted) and step(submitted) == "Редактор"


def test_while_an_editor_reads_the_author_waits(author, submitted):
    author.post(address(submitted), page_form("Басқа тақырып", TEXT, "action-submit", slug=submitted.slug))
    assert submitted.get_latest_revision_as_object().title == TITLE


def test_an_editor_asks_for_changes_and_the_author_sends_it_again(author, editor, submitted):
    letters()
    acts(editor, submitted, "reject", comment="Күнін нақтылаңыз.")
    told = letters()
    assert list(told) == ["authors@example.org"]
    assert "Күнін нақтылаңыз." in told["authors@example.org"] and "өзгертуді" in told["authors@example.org"]
    author.post(address(submitted), page_form(TITLE, "Мұғалімдер 12 қаңтарда жиналады.", "action-submit", slug=submitted.slug))
    assert step(submitted) == "Редактор"


def test_a_translator_publishes_only_translations(translator, news, submitted):
    assert not news.permissions_for_user(submitted.owner).can_publish_subpage()
    where = address(submitted)
    translator.post(where, page_form(TITLE, TEXT, slug=submitted.slug))
    assert not is_live(submitted)


def test_whoever_has_no_second_factor_sets_one_up_first(people, submitted):
    people["Editors"].authenticator_set.all().delete()
    assert reverse("mfa_index") in signed_in(people["Editors"]).get(address(submitted))["Location"]


# The clock


def test_the_clock_looks_every_minute():
    [job] = [job for job in JOBS if job.name == "publish-scheduled-pages"]
    assert job.every <= timedelta(minutes=1)


def test_a_page_goes_live_and_expires_by_the_clock(editor, news):
    opens = timezone.now().replace(second=0, microsecond=0) + timedelta(hours=1)
    closes = opens + timedelta(hours=2)
    as_typed = {name: timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") for name, moment in (("opens", opens), ("closes", closes))}
    adds(editor, news, page_form(TITLE, TEXT, go_live_at=as_typed["opens"], expire_at=as_typed["closes"]))
    page, guest = ArticlePage.objects.get(title=TITLE), Client()
    for moment, live in ((opens - timedelta(minutes=1), False), (opens, True), (closes - timedelta(minutes=1), True), (closes, False)):
        with time_machine.travel(moment + timedelta(seconds=30), tick=False):
            cache.clear()
            run_due_jobs()
        cache.clear()
        assert is_live(page) is live
        assert is_found(guest, "сейсенбі") is live
        assert (TITLE in guest.get("/kk/news/").content.decode()) is live
        assert guest.get(f"/kk/news/{page.slug}/").status_code == (200 if live else 404)


# Comments


def comment(text: str = "", *, of: int | str = "", replies=(), place: str = "lead") -> dict:
    """As the form of a page sends what was written beside it."""
    said = {"text": text, "contentpath": place, "position": "", "id": of, "deleted": "", "resolved": ""}
    return said | {"replies": inline_formset([{"text": reply, "id": "", "deleted": ""} for reply in replies])}


def writes_beside(client, page, *comments, initial: int = 0):
    form = page_form(TITLE, TEXT, "action-save", comments=inline_formset(comments, initial=initial), slug=page.slug)
    assert client.post(address(page), nested_form_data(form)).status_code == 302


@pytest.fixture
def draft(author, news) -> ArticlePage:
    """Its author hears of comments, as Wagtail proposes."""
    adds(author, news, page_form(TITLE, TEXT, "action-save", comment_notifications="on"))
    return ArticlePage.objects.get(title=TITLE)


@pytest.fixture
def by_worker(monkeypatch):
    """Letters are only asked for, as in production; press it, and the worker comes by."""
    from portal.mail import posting, sending

    with monkeypatch.context() as patch:
        patch.setattr(posting, "enqueue", lambda task, *ids: None)
        yield sending.send_due_letters


def test_comments_leave_by_the_worker_in_their_readers_language(author, editor, draft, by_worker):
    writes_beside(editor, draft, comment("Уточните <дату> & место."))
    assert letters() == {}, "nothing leaves in the request"
    by_worker()
    told = letters()
    assert list(told) == ["authors@example.org"]
    letter = told["authors@example.org"]
    assert "Уточните <дату> & место." in letter and "Жаңа пікірлер" in letter and f"/cms/pages/{draft.pk}/edit/" in letter

    first = draft.wagtail_admin_comments.get()
    writes_beside(author, draft, comment(first.text, of=first.pk, replies=["5 қаңтар, мектеп."]), initial=1)
    by_worker()
    told = letters()
    assert list(told) == ["editors@example.org"]
    assert "5 қаңтар, мектеп." in told["editors@example.org"] and "Ответы на" in told["editors@example.org"]


def test_who_wants_no_letters_about_comments_gets_none(author, editor, people, draft, by_worker):
    profile = UserProfile.get_for_user(people["Authors"])
    profile.updated_comments_notifications = False
    profile.save()
    writes_beside(editor, draft, comment("Уточните дату."))
    by_worker()
    assert letters() == {}


# Who gets no letters for now


@pytest.fixture(params=["suspended", "leaving"])
def keep_away(request, administrator):
    """Keeps a person from the portal: for a time, or because she has asked to be deleted."""

    def keep(person: User) -> None:
        if request.param == "leaving":
            actions.ask_to_leave(person, keep=True)
        else:
            actions.suspend(administrator, person, decision="spam", reason="Бірнеше топта жарнама таратқан.")
        mail.outbox.clear()

    return keep


def test_whoever_is_kept_away_is_not_asked_for_the_next_step(author, news, people, keep_away):
    second = make_worker("Editors", email="second@example.org")
    keep_away(people["Editors"])
    adds(author, news, page_form(TITLE, TEXT, "action-submit"))
    assert list(letters()) == [second.email]


def test_whoever_is_kept_away_does_not_hear_of_her_page(editor, people, submitted, keep_away):
    keep_away(people["Authors"])
    acts(editor, submitted, "reject", comment="Күнін нақтылаңыз.")
    assert letters() == {}


def test_whoever_is_kept_away_hears_of_no_comments(editor, people, draft, keep_away):
    keep_away(people["Authors"])
    writes_beside(editor, draft, comment("Уточните дату."))
    assert letters() == {}
