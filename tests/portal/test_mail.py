"""Letters, by a real mail server: when they leave, to whom no longer, what they say, and what comes back."""

import sys
from datetime import datetime
from functools import partial
from io import BytesIO, StringIO, TextIOWrapper
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal import actions as portal_actions
from portal.demo import make_administrator, make_person
from portal.mail.bounces import take_report
from portal.mail.digests import make_digests
from portal.mail.hours import Hours
from portal.mail.posting import post_account_letter
from portal.mail.sending import close, send_due_letters, send_letter
from portal.models import Bounce, Holiday, Letter, Notice, NoticeChoice, Rhythm, Suspension
from portal.notices import Rhythms, kind_of, tell
from portal.refs import Ref
from resources import actions
from resources.demo import make_material
from tests.together import together

from .entrance import ask_for_code
from .post_office import HOST, PostOffice, free_port, head, stop_address, text

AUTHOR = "author@example.org"
ALMATY = ZoneInfo("Asia/Almaty")
# Days of December 2026; the 16th, a Wednesday, is a holiday.
MONDAY, TUESDAY, FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY = 7, 8, 11, 12, 13, 14


@pytest.fixture
def calendar(time_machine):
    """calendar(day, hour, minute): it is then, by the time of Kazakhstan."""

    def turn(day: int, hour: int, minute: int = 0) -> None:
        time_machine.move_to(datetime(2026, 12, day, hour, minute, tzinfo=ALMATY), tick=False)

    turn(MONDAY, 15)
    return turn


@pytest.fixture
def post_office(settings, calendar):
    office = PostOffice()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "portal.mail.smtp.Backend", HOST, office.port
    with office.at_work():
        yield office


@pytest.fixture
def author(db, calendar):
    return make_person(AUTHOR)


@pytest.fixture
def reader(db, calendar):
    return make_person("reader@example.org", given_name="Жанар", family_name="Оспанова")


@pytest.fixture
def material(author):
    return make_material(author, title="Бөлшектер")


def wants(person, rhythm: str) -> None:
    portal_actions.choose_rhythms(person, {kind_of("material-thanks"): rhythm})


@pytest.fixture
def thanked(author, reader, material, post_office):
    """The author wants to hear of thanks at once, and is thanked on Monday at three."""
    wants(author, Rhythm.AT_ONCE)
    actions.thank(reader, material)
    return Notice.objects.get()


# When a letter leaves


def test_a_letter_leaves_after_its_delay(thanked, post_office, calendar):
    calendar(MONDAY, 15, 9)
    send_due_letters()
    assert post_office.accepted == []
    calendar(MONDAY, 15, 10)
    send_due_letters()
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


@pytest.mark.parametrize(
    ("happened", "not_yet", "leaves"),
    [
        ((TUESDAY, 3), (TUESDAY, 13, 59), (TUESDAY, 14)),
        ((TUESDAY, 19, 55), (TUESDAY, 20, 5), (9, 14)),
        ((SATURDAY, 21), (SUNDAY, 15), (NEXT_MONDAY, 14)),
        ((15, 20), (16, 15), (17, 14)),
    ],
    ids=["night", "evening", "sunday", "holiday"],
)
def test_nobody_is_written_to_at_a_wrong_hour(author, reader, material, post_office, calendar, happened, not_yet, leaves):
    wants(author, Rhythm.AT_ONCE)
    calendar(*happened)
    actions.thank(reader, material)
    calendar(*not_yet)
    send_due_letters()
    assert post_office.accepted == []
    calendar(*leaves)
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


def test_own_hours_are_kept(author, reader, material, post_office, calendar):
    portal_actions.choose_mail_hours(author, Hours(frozenset([6]), 7, 9))
    wants(author, Rhythm.AT_ONCE)
    actions.thank(reader, material)
    calendar(MONDAY, 16)
    send_due_letters()
    calendar(SUNDAY, 6, 59)
    send_due_letters()
    assert post_office.accepted == []
    calendar(SUNDAY, 7)
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


def test_a_letter_that_was_kept_up_waits_for_the_next_day(thanked, post_office, calendar):
    calendar(MONDAY, 21)
    send_due_letters()
    assert post_office.accepted == []
    calendar(TUESDAY, 14)
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


def test_a_holiday_that_an_editor_adds_holds_letters_that_wait_already(thanked, post_office, calendar):
    holiday = Holiday(date="2026-12-07", name_kk="Мереке", name_ru="Праздник", name_en="Holiday")
    portal_actions.put_vocabulary(holiday, actor=make_administrator())
    calendar(MONDAY, 16)
    send_due_letters()
    assert post_office.accepted == []
    calendar(TUESDAY, 14)
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


def test_what_cannot_wait_leaves_on_a_sunday_night(author, post_office, calendar):
    calendar(SUNDAY, 3)
    tell([author], "second-factor-reset", Ref("people", author.pk), data={"reason": "Телефоны жоғалды."})
    assert post_office.receivers == [AUTHOR]


def test_a_code_leaves_at_once_and_is_kept_nowhere(author, client, post_office, calendar):
    calendar(SUNDAY, 3)
    ask_for_code(client, AUTHOR)
    [letter] = post_office.accepted
    assert letter["To"] == AUTHOR and head(letter, "Content-Language") == "kk" and not head(letter, "List-Unsubscribe")
    kept = Letter.objects.get()
    assert (kept.state, kept.subject, kept.body) == ("sent", "", "")


# Asked again


def turns_it_off(notice):
    wants(notice.user, Rhythm.NEVER)


def reads_it(notice):
    portal_actions.read_notice(notice.user, notice)


def leaves_the_portal(notice):
    notice.user.delete()


def is_kept_out(notice):
    type(notice.user).objects.update(is_active=False)


@pytest.mark.parametrize("change", [turns_it_off, reads_it, leaves_the_portal, is_kept_out])
def test_what_changed_before_a_letter_leaves_keeps_it(thanked, post_office, calendar, change):
    change(thanked)
    calendar(MONDAY, 16)
    send_due_letters()
    assert post_office.accepted == []
    assert not Letter.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("deed", [actions.unpublish_material, actions.trash_material, partial(actions.hide_material, reason="Қате бар.")])
def test_what_she_may_no_longer_see_is_not_told(author, reader, material, post_office, calendar, deed):
    portal_actions.choose_rhythms(reader, {kind_of("saved-search"): Rhythm.AT_ONCE})
    said = {"name": "бөлшек", "title": material.title, "address": f"/materials/{material.pk}/"}
    tell([reader], "saved-search", material.ref, actor=author, data=said)
    deed(make_administrator() if isinstance(deed, partial) else author, material)
    calendar(MONDAY, 16)
    send_due_letters()
    assert reader.email not in post_office.receivers
    assert Letter.objects.get(user=reader).state == "dropped"


def test_many_thanks_for_one_material_are_one_letter(thanked, material, post_office, calendar):
    for n in range(5):
        actions.thank(make_person(f"reader-{n}@example.org"), material)
    calendar(MONDAY, 16)
    send_due_letters()
    [letter] = post_office.accepted
    assert "6 әріптесіңіз" in head(letter, "Subject")


def test_who_chooses_less_often_finds_it_in_the_digest(thanked, author, post_office, calendar):
    wants(author, Rhythm.WEEKLY)
    calendar(MONDAY, 16)
    send_due_letters()
    assert post_office.accepted == []
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


# Who is told only what she must know


def is_suspended(person):
    """Until Saturday."""
    until = datetime(2026, 12, SATURDAY, tzinfo=ALMATY)
    portal_actions.suspend(make_administrator(), person, decision="spam", reason="Жарнама таратқан.", until=until)


def comes_back(person):
    Suspension.objects.filter(user=person).update(until=timezone.now())


def is_about_to_leave(person):
    portal_actions.ask_to_leave(person, keep=True)


QUIET = pytest.mark.parametrize(("goes", "returns"), [(is_suspended, comes_back), (is_about_to_leave, portal_actions.stay)])


@QUIET
def test_no_ordinary_letter_follows_who_is_kept_out_or_leaves_and_it_is_told_when_she_is_back(
    thanked, author, post_office, calendar, goes, returns
):
    calendar(MONDAY, 15, 5)
    goes(author)
    urgent = post_office.receivers
    assert urgent == [AUTHOR], "of the decision she is told"
    calendar(MONDAY, 16)
    send_due_letters()
    calendar(TUESDAY, 15)
    make_digests()
    send_due_letters()
    assert post_office.receivers == urgent
    tell_more(author)
    assert len(post_office.accepted) == 2, "of the safety of her account too"
    returns(author)
    calendar(9, 15)
    make_digests()
    send_due_letters()
    assert len(post_office.accepted) == 3 and "Бөлшектер" in text(post_office.accepted[2])


@QUIET
def test_a_digest_that_is_made_already_does_not_follow_her_either(author, reader, material, post_office, calendar, goes, returns):
    actions.thank(reader, material)
    calendar(FRIDAY, 13)
    make_digests()
    assert Letter.objects.get().purpose == Rhythm.WEEKLY
    goes(author)
    calendar(FRIDAY, 15)
    send_due_letters()
    assert len(post_office.accepted) == 1 and "Бөлшектер" not in text(post_office.accepted[0])


def test_who_is_suspended_hears_of_her_appeal(author, post_office):
    is_suspended(author)
    administrator = make_administrator("third@example.org")
    case = portal_actions.appeal(author, author.suspensions.get().case, text="Енді таратпаймын.")
    portal_actions.decide_case(administrator, case, decision="spam", note="Жарнама.")
    assert post_office.receivers == [AUTHOR, AUTHOR]


# Taken back


def test_thanks_taken_back_in_time_are_told_by_nobody(thanked, reader, material, post_office, calendar):
    calendar(MONDAY, 15, 9)
    actions.take_back_thanks(reader, material)
    assert not Notice.objects.exists()
    calendar(MONDAY, 16)
    send_due_letters()
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    assert post_office.accepted == [] and not Letter.objects.filter(closed_at=None).exists()


def test_thanks_taken_back_leave_the_thanks_of_others(thanked, reader, material, post_office, calendar):
    other = make_person("other@example.org", given_name="Ирина", family_name="Ким")
    actions.thank(other, material)
    actions.take_back_thanks(reader, material)
    calendar(MONDAY, 16)
    send_due_letters()
    [letter] = post_office.accepted
    assert head(letter, "Subject").startswith("Ирина Ким")


def test_thanks_taken_back_after_they_were_read_take_nothing_from_the_next(thanked, author, reader, material, post_office, calendar):
    portal_actions.read_notice(author, thanked)
    calendar(MONDAY, 15, 5)
    actions.thank(make_person("other@example.org"), material)
    actions.take_back_thanks(reader, material)
    calendar(MONDAY, 16)
    send_due_letters()
    assert post_office.receivers == [AUTHOR] and Notice.objects.count() == 2


def test_what_a_letter_has_told_stands(thanked, reader, material, post_office, calendar):
    calendar(MONDAY, 16)
    send_due_letters()
    actions.take_back_thanks(reader, material)
    assert Notice.objects.get() == thanked


# Damaged


def test_a_damaged_notice_is_left_out_of_the_digest(author, post_office, calendar):
    portal_actions.choose_rhythms(author, {kind_of("import"): Rhythm.WEEKLY})
    for n, data in enumerate([{}, {"name": "Мектептер"}, [], {"name": "Мектептер", "state": "written"}]):
        tell([author], "import", Ref("imports", n), data={"name": "…"})
        Notice.objects.filter(object_id=n).update(data=data)
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    [letter] = post_office.accepted
    assert text(letter).count("?notice=") == 1 and head(letter, "Subject") == "Порталда 1 жаңа хабарландыру бар"


# Digests


@pytest.mark.parametrize(("rhythm", "not_yet", "day"), [(Rhythm.DAILY, MONDAY, TUESDAY), (Rhythm.WEEKLY, TUESDAY, FRIDAY)])
def test_a_digest_comes_once_a_period_and_not_without_news(author, reader, material, post_office, calendar, rhythm, not_yet, day):
    wants(author, rhythm)
    actions.thank(reader, material)
    for moment in [(not_yet, 19), (day, 11, 59), (day, 12), (day, 13, 59)]:
        calendar(*moment)
        make_digests()
        send_due_letters()
        assert post_office.accepted == []
    for moment in [(day, 14), (day, 15), (NEXT_MONDAY, 15), (19, 15)]:
        calendar(*moment)
        make_digests()
        send_due_letters()
        assert post_office.receivers == [AUTHOR]


def test_a_week_of_notices_is_one_letter_in_groups_without_what_was_read_or_thrown_away(author, reader, post_office, calendar):
    materials = [make_material(author, title=f"Сабақ {n}") for n in range(4)]
    for material in materials:
        actions.thank(reader, material)
    portal_actions.choose_rhythms(author, {kind_of("import"): Rhythm.WEEKLY})
    tell([author], "import", Ref("imports", 1), data={"name": "Мектептер", "state": "written"})
    portal_actions.read_notice(author, Notice.objects.get(object_id=materials[0].pk, kind="material-thanks"))
    actions.trash_material(author, materials[1])
    reached = {"Сабақ 2", "Сабақ 3"}
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    [letter] = post_office.accepted
    for kind in ("plain", "html"):
        said = text(letter, kind)
        assert {title for title in (material.title for material in materials) if title in said} == reached
        assert said.count("Материалдарыма айтылған рақмет") == 1 and "Мектептер" in said
    assert head(letter, "Subject") == "Порталда 3 жаңа хабарландыру бар"


def test_a_long_digest_says_how_much_more_there_is(author, post_office, calendar):
    portal_actions.choose_rhythms(author, {kind_of("import"): Rhythm.WEEKLY})
    for n in range(25):
        tell([author], "import", Ref("imports", n), data={"name": f"Тізім {n}", "state": "written"})
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    said = text(*post_office.accepted)
    assert said.count("?notice=") == 20 and "Тағы 5 хабарландыру бар." in said


# What a letter is


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


# What comes back

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mail.example.org>
To: portal@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

I am sorry to have to inform you.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--part
Content-Type: {returned}

Message-ID: {message_id}
Subject: Hello

--part--
"""


@pytest.fixture
def take_bounce(monkeypatch, thanked, post_office, calendar):
    """The author's letter has left; what a mail server then pipes into the command."""
    calendar(MONDAY, 16)
    send_due_letters()
    known = {"address": AUTHOR, "action": "failed", "status": "5.1.1", "returned": "message/rfc822"}

    def take(**fields) -> None:
        report = REPORT.format(**known | {"message_id": Letter.objects.first().message_id} | fields)
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(report.encode())))
        call_command("take_bounce", stdout=StringIO())

    return take


def is_stopped(client) -> bool:
    return "хаттарымыз кері қайтып жатыр" in client.get("/kk/notices/").content.decode()


@pytest.fixture
def centre(author):
    client = Client()
    client.force_login(author)
    return client


def tell_more(person) -> None:
    """And the moment at which the letter would leave."""
    tell([person], "second-factor-reset", Ref("people", person.pk), data={"reason": "Тағы."})


@pytest.mark.parametrize(
    "fields", [{}, {"returned": "text/rfc822-headers"}, {"address": "Author@EXAMPLE.org"}, {"status": "5.2.1 (mailbox disabled)"}]
)
def test_a_report_that_it_cannot_be_delivered_stops_mail(take_bounce, author, centre, post_office, fields):
    assert not is_stopped(centre)
    take_bounce(**fields)
    take_bounce(**fields)
    assert is_stopped(centre) and Bounce.objects.count() == 1
    tell_more(author)
    assert len(post_office.accepted) == 1
    ask_for_code(Client(), AUTHOR)
    assert len(post_office.accepted) == 2, "she must be able to sign in and to change her address"


@pytest.mark.parametrize(
    "fields", [{"status": "4.2.2"}, {"action": "delayed", "status": "4.4.1"}, {"action": "delayed", "status": "5.4.1"}]
)
def test_a_report_of_a_trouble_that_passes_only_counts(take_bounce, author, centre, post_office, fields):
    take_bounce(**fields)
    assert not Bounce.objects.get().permanent and not is_stopped(centre)
    tell_more(author)
    assert len(post_office.accepted) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"message_id": "<0123456789abcdef@localhost>"},
        {"message_id": ""},
        {"address": "reader@example.org"},
        {"action": "delivered", "status": "2.0.0"},
        {"action": "relayed"},
        {"status": "no"},
        {"returned": "text/plain"},
    ],
)
def test_what_proves_nothing_stops_nothing(take_bounce, centre, fields):
    take_bounce(**fields)
    assert not Bounce.objects.exists()


def test_what_is_no_report_is_left_alone(monkeypatch, db):
    for raw in (b"", b"\xff\xfe\x00", b"Subject: Hello\n\nHello", b"Content-Type: multipart/report; report-type=delivery-status\n\n"):
        assert take_report(raw) == []


def test_her_word_that_letters_will_arrive_starts_them_again(take_bounce, author, centre, post_office):
    take_bounce()
    assert centre.post("/kk/notices/try-mail-again/").status_code == 302
    assert not is_stopped(centre)
    tell_more(author)
    assert len(post_office.accepted) == 2


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "550 nobody here"])
def test_an_address_that_the_server_refuses_gets_no_more(thanked, author, centre, post_office, calendar, answer):
    post_office.of_receiver[AUTHOR] = answer
    calendar(MONDAY, 16)
    send_due_letters()
    assert Letter.objects.get().state == "failed" and is_stopped(centre)
    post_office.of_receiver.clear()
    tell_more(author)
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    assert post_office.accepted == []


@pytest.mark.parametrize(
    "answers", [{"of_receiver": {AUTHOR: "451 4.7.1 Greylisted"}}, {"of_letter": "452 4.3.1 Full"}, {"of_letter": "421 Closing"}]
)
def test_what_is_refused_for_now_is_tried_later(thanked, centre, post_office, calendar, monkeypatch, answers):
    with monkeypatch.context() as patch:
        for name, said in answers.items():
            patch.setattr(post_office, name, said)
        calendar(MONDAY, 16)
        send_due_letters()
    assert post_office.accepted == [] and not is_stopped(centre)
    send_due_letters()
    assert post_office.accepted == [], "not at once"
    calendar(MONDAY, 16, 1)
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


def test_a_letter_that_the_server_will_not_have_is_left_to_the_digest(thanked, centre, post_office, calendar, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(post_office, "of_letter", "554 5.6.0 Not this")
        calendar(MONDAY, 16)
        send_due_letters()
    calendar(MONDAY, 17)
    send_due_letters()
    assert post_office.accepted == [] and not is_stopped(centre)
    calendar(TUESDAY, 15)
    make_digests()
    send_due_letters()
    assert post_office.receivers == [AUTHOR]


# Once, and not less


def test_letters_wait_for_a_server_that_is_down(thanked, author, post_office, calendar, settings):
    settings.EMAIL_PORT = free_port()
    calendar(MONDAY, 16)
    tell_more(author)
    for minute in range(30):
        calendar(MONDAY, 16, minute)
        send_due_letters()
    settings.EMAIL_PORT = post_office.port
    calendar(MONDAY, 17)
    send_due_letters()
    assert post_office.receivers == [AUTHOR, AUTHOR]


def test_a_letter_that_cannot_be_written_holds_up_nobody(author, post_office, calendar):
    post_account_letter(None, "reader\n@example.org", "kk", subject="Сәлем", body="Мәтін")
    tell([author], "import", Ref("imports", 2), data={"name": "Мектептер", "state": "written"})
    calendar(MONDAY, 16)
    send_due_letters()
    assert post_office.receivers == [AUTHOR]
    for day in range(TUESDAY, TUESDAY + 5):
        for minute in range(0, 360, 22):
            calendar(day, 14 + minute // 60, minute % 60)
            send_due_letters()
    assert Letter.objects.get(purpose="account").state == "failed"


def test_a_connection_that_breaks_after_the_last_line_repeats_nothing(thanked, post_office, calendar):
    post_office.breaks_off = True
    calendar(MONDAY, 16)
    send_due_letters()
    post_office.breaks_off = False
    for minute in (1, 30, 59):
        calendar(MONDAY, 16, minute)
        send_due_letters()
    assert post_office.receivers == [AUTHOR]
    assert Letter.objects.get().state == "unsure"
    assert thanked in Notice.objects.untold(before=timezone.now(), after=thanked.happened_at), "nobody knows: the digest tells it"


def test_who_finds_a_letter_lost_while_it_is_sent_puts_nothing_into_the_digest(thanked, post_office, calendar):
    calendar(MONDAY, 16)
    seen = Letter.objects.get()
    send_due_letters()
    close(seen, "unsure")
    assert Letter.objects.get().state == "sent"
    assert Notice.objects.get().letter == seen


def test_two_senders_side_by_side_send_each_letter_once(transactional_db, post_office, calendar):
    people = [make_person(f"teacher-{n}@example.org") for n in range(12)]
    tell(people, "import", Ref("imports", 1), data={"name": "Мектептер", "state": "written"})
    calendar(MONDAY, 16)
    assert together(send_due_letters, send_due_letters, send_due_letters) == [None] * 3
    assert sorted(post_office.receivers) == sorted(person.email for person in people)


def test_a_task_that_runs_again_sends_nothing_again(author, post_office):
    tell_more(author)
    send_letter.call(Letter.objects.get().pk)
    assert post_office.receivers == [AUTHOR]
