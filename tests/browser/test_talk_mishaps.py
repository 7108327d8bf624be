"""What goes wrong while colleagues talk ends with a clear word in the reader's language, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from community.actions import invite_to_group
from community.demo import make_group, make_post, make_topic
from community.invitations import signer
from community.models import Draft, GroupInvitation, Topic
from community.models.topics import POST_LETTERS
from portal.actions import block
from portal.demo import make_person
from portal.models import Notice, User
from tests.portal.sample_files import make_image

from .test_care import enter
from .test_talk import KEPT, SEND, TEXT
from .walker import Walker

ANSWER = '#composer button[type="submit"].button-primary'
LONG = "ұзақ " * 20_000


@pytest.fixture
def topic(transactional_db) -> Topic:
    owner = make_person("owner@example.org", given_name="Ольга", family_name="Пак")
    return make_topic(owner, make_group(owner, name="Биология"))


@pytest.fixture
def writer(topic) -> User:
    return make_person("writer@example.org", given_name="Марат", family_name="Әлімов")


def test_a_double_click_posts_once(walk, live_server, topic, writer):
    walker = enter(walk("kk", 360), writer, live_server.url)
    walker.open(f"topics/{topic.pk}/")
    walker.write(TEXT, "Бір рет жазылған жауап")
    walker.at(ANSWER).dblclick()
    walker.arrive(f"topics/{topic.pk}/2/")
    walker.see("#post-2", "Бір рет жазылған жауап")
    assert topic.posts.count() == 2 and not Draft.objects.exists()
    walker.check("posted once")


def test_an_answer_outlives_the_session_in_which_it_was_written(walk, live_server, topic, writer):
    walker = enter(walk("ru", 360), writer, live_server.url)
    walker.open(f"topics/{topic.pk}/")
    walker.write(TEXT, "Длинный ответ")
    walker.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    walker.press(ANSWER)
    walker.arrive("accounts/login/")
    enter(walker, writer, live_server.url).open(f"topics/{topic.pk}/")
    expect(walker.at(TEXT)).to_have_value("Длинный ответ")
    walker.press(ANSWER)
    walker.see("#post-2", "Длинный ответ")
    expect(walker.at(TEXT)).to_have_value("")


def test_two_windows_change_one_post(walk, live_server, topic):
    """The second is told so and sees both texts; what was typed there comes back after a reload as well."""
    post = make_post(topic.author, topic, text="Бұрынғы мәтін")
    first = enter(walk("ru", 1280), topic.author, live_server.url)
    second = Walker(first.context, "ru")
    for window in (first, second):
        window.open(f"posts/{post.pk}/edit/")
    second.write(TEXT, "Бірінші болып сақталған")
    second.press(SEND)
    second.arrive(f"topics/{topic.pk}/2/")

    first.write(TEXT, "Екінші терезеде жазылған")
    first.see(KEPT)
    first.page.reload()
    for step in ("an older draft", "sent in spite of it"):
        first.see(".notice", first.word("The post was changed in another window"))
        first.see(".other-text", "Бірінші болып сақталған")
        expect(first.at(TEXT)).to_have_value("Екінші терезеде жазылған")
        first.check(step)
        first.press(SEND)
        if step == "an older draft":
            first.refused()
    first.see("#post-2", "Екінші терезеде жазылған")
    first.press('#post-2 a[href$="/history/"]')
    first.see(".difference del", "Бірінші болып сақталған")
    first.check("history")
    post.refresh_from_db()
    assert post.revision == 2


def test_two_windows_send_what_each_has_typed(walk, live_server, topic, writer):
    first = enter(walk("en", 360), writer, live_server.url)
    second = Walker(first.context, "en")
    for window, text in ((first, "Typed in the first window"), (second, "Typed in the second window")):
        window.open(f"topics/{topic.pk}/")
        window.write(TEXT, text)
        window.see(KEPT)
    for window in (first, second):
        window.press(ANSWER)
        window.arrive(rf"topics/{topic.pk}/\d/")
    said = set(topic.posts.filter(author=writer).values_list("text", flat=True))
    assert said == {"Typed in the first window", "Typed in the second window"}
    assert not first.troubles + second.troubles


@pytest.mark.parametrize("javascript", [True, False])
def test_a_text_that_is_too_long_is_refused_and_kept(walk, live_server, topic, writer, javascript):
    walker = enter(walk("kk", 360, javascript=javascript), writer, live_server.url)
    walker.open(f"topics/{topic.pk}/")
    walker.write(TEXT, LONG)
    walker.press(ANSWER)
    walker.arrive(f"topics/{topic.pk}/reply/")
    walker.refused()
    walker.see(".error-summary", f"{POST_LETTERS}")
    expect(walker.at(TEXT)).to_have_value(LONG)
    walker.check("too long")
    walker.write(TEXT, "Қысқа жауап")
    walker.press(ANSWER)
    walker.see("#post-2", "Қысқа жауап")


def test_a_picture_that_is_none_is_refused_and_the_text_stays(walk, live_server, topic, writer, tmp_path):
    path = tmp_path / "сурет.png"
    path.write_bytes(make_image("PNG", size=(400, 300))[:300])
    walker = enter(walk("ru", 360), writer, live_server.url)
    walker.open(f"topics/{topic.pk}/")
    walker.write(TEXT, "Вот снимок доски")
    walker.press("details.more summary")
    walker.choose_file('input[type="file"]', path)
    walker.see("[data-upload-error] p", "повреж")
    expect(walker.at(TEXT)).to_have_value("Вот снимок доски")


def test_whoever_has_blocked_the_writer_is_named_as_ever_and_not_told(walk, live_server, topic, writer):
    """Nobody learns that she is blocked."""
    other = make_person("other@example.org", given_name="Гүлжан", family_name="Бекова")
    block(other, writer)
    walker = enter(walk("kk", 1280), writer, live_server.url)
    walker.open(f"topics/{topic.pk}/")
    walker.at(TEXT).press_sequentially("@Гүлжан")
    walker.press('[data-people] button:has-text("Гүлжан Бекова")')
    walker.page.keyboard.type("қараңызшы")
    walker.press(ANSWER)
    walker.see("#post-2", "қараңызшы")
    walker.check("named her")
    assert not Notice.objects.filter(user=other).exists()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_invitation_that_is_over_says_so(walk, live_server, topic, writer, language):
    group = topic.group
    invitation = invite_to_group(topic.author, group)
    GroupInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    walker = enter(walk(language, 360), writer, live_server.url)
    walker.open(f"groups/join/{signer.sign(invitation.pk)}/")
    walker.see("main", walker.word("Its 14 days are over."))
    walker.troubles.clear()
    walker.check("expired")
    walker.press(".main a.button")
    walker.arrive("groups/")
