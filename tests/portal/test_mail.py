"""Letters, by a real mail server: when they leave, to whom no longer, what they say, and what comes back."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from portal import actions as portal_actions
from portal.demo import make_administrator, make_person
from portal.mail.digests import make_digests
from portal.mail.hours import Hours
from portal.mail.sending import send_due_letters
from portal.models import Holiday, Letter, Notice, Rhythm
from portal.notices import kind_of, tell
from portal.refs import Ref
from resources import actions
from resources.demo import make_material

from .entrance import ask_for_code
from .post_office import HOST, PostOffice

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
    assert letter["To"] == AUTHOR and letter["Content-Language"] == "kk" and not letter["List-Unsubscribe"]
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
    assert "6 әріптесіңіз" in letter["Subject"]


def test_who_chooses_less_often_finds_it_in_the_digest(thanked, author, post_office, calendar):
    wants(author, Rhythm.WEEKLY)
    calendar(MONDAY, 16)
    send_due_letters()
    assert post_office.accepted == []
    calendar(FRIDAY, 15)
    make_digests()
    send_due_letters()
    assert post_office.receivers == [AUTHOR]
