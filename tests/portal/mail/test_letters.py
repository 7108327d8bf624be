"""What a letter says, and how one press ends such letters."""

import pytest
from django.core import signing
from django.test import Client

from portal.demo import make_person
from portal.mail.digests import make_digests
from portal.mail.posting import post_account_letter
from portal.mail.sending import send_due_letters
from portal.models import Letter, Notice, NoticeChoice, Rhythm
from portal.notices import Rhythms, kind_of, tell
from portal.refs import Ref
from resources import actions
from resources.demo import make_material

from ..post_office import AUTHOR, FRIDAY, MONDAY, head, stop_address, text, wants


def test_a_letter_speaks_its_readers_language_in_words_and_in_html(reader, post_office, calendar):
    author = make_person(AUTHOR, given_name="Ирина", language="ru")
    wants(author, Rhythm.AT_ONCE)
    actions.thank(reader, make_material(author, title="<b>Бөлшектер</b>"))
    notice = Notice.objects.get()
    calendar(MONDAY, 16)
    send_due_letters()
    [letter] = post_office.accepted
    assert letter.get_content_type() == "multipart/alternative"
    assert head(letter, "Content-Language") == "ru" and head(letter, "Subject") == "Жанар Оспанова благодарит вас за «<b>Бөлшектер</b>»."
    assert "Здравствуйте, Ирина!" in text(letter) and "«<b>Бөлшектер</b>»" in text(letter)
    page = text(letter, "html")
    assert '<html lang="ru"' in page and '<span lang="kk">&lt;b&gt;Бөлшектер&lt;/b&gt;</span>' in page
    way = f"http://localhost:8000/ru/materials/{notice.object_id}/?notice={notice.pk}"
    assert way in text(letter) and f'href="{way}"' in page


def test_a_letter_tells_machines_what_it_is(thanked, post_office, calendar):
    calendar(MONDAY, 16)
    send_due_letters()
    [letter] = post_office.accepted
    assert head(letter, "List-Id") == "<notices.localhost>"
    assert head(letter, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    assert head(letter, "List-Unsubscribe").startswith("<http://localhost:8000/kk/letters/stop/")
    assert head(letter, "Auto-Submitted") == "auto-generated"
    assert head(letter, "Message-ID") == Letter.objects.get().message_id


def test_a_title_begins_no_header_of_its_own(author, post_office):
    evil = "Бөлшек\r\nBcc: thief@example.org\n\nОқыңыз"
    tell([author], "second-factor-reset", Ref("people", author.pk), data={"reason": evil})
    post_account_letter(author, AUTHOR, "kk", subject=evil, body="Мәтін")
    for letter in post_office.accepted:
        assert letter["Bcc"] is None and "Бөлшек Bcc: thief@example.org Оқыңыз" in head(letter, "Subject")
    assert post_office.receivers == [AUTHOR, AUTHOR]


# No more of these letters


@pytest.fixture
def stop(thanked, post_office, calendar) -> str:
    """The address in a letter."""
    calendar(MONDAY, 16)
    send_due_letters()
    return stop_address(post_office.accepted[0])


def rhythm_of(user) -> str:
    return Rhythms([user.pk]).of(user.pk, kind_of("material-thanks"))


def test_one_press_by_a_mail_program_is_enough(stop, author):
    stranger = Client(enforce_csrf_checks=True)
    for _press in range(2):
        assert stranger.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert NoticeChoice.objects.get().rhythm == rhythm_of(author) == Rhythm.NEVER


def test_looking_at_the_page_changes_nothing_and_less_often_is_a_choice(stop, author):
    stranger = Client(enforce_csrf_checks=True)
    assert "Материалдарыма айтылған рақмет" in stranger.get(stop).content.decode()
    assert stranger.head(stop).status_code == 200
    assert rhythm_of(author) == Rhythm.AT_ONCE
    stranger.post(stop, {"rhythm": "weekly"})
    assert rhythm_of(author) == Rhythm.WEEKLY


def test_an_address_that_was_tampered_with_speaks_for_nobody(stop, author):
    head, _slash, token = stop.rstrip("/").rpartition("/")
    said, stamp, signature = token.split(":")
    for wrong in (f"x{token[1:]}", f"{said}:{stamp}:{signature[::-1]}", said, signing.dumps([author.pk, "material-thanks"])):
        assert Client().post(f"{head}/{wrong}/").status_code == 404
    assert rhythm_of(author) == Rhythm.AT_ONCE


def test_who_wants_no_digest_keeps_what_comes_otherwise(author, reader, material, post_office, calendar):
    actions.thank(reader, material)
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    Client().post(stop_address(post_office.accepted[0]))
    rhythms = Rhythms([author.pk])
    assert rhythm_of(author) == Rhythm.NEVER
    assert [rhythms.of(author.pk, kind_of(key)) for key in ("import", "saved-search", "suspended")] == ["at-once", "daily", "at-once"]
