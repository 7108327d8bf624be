"""When letters leave."""

import pytest

from portal import actions as portal_actions
from portal.demo import make_administrator
from portal.mail.hours import Hours
from portal.mail.sending import send_due_letters
from portal.models import Holiday, Letter, Rhythm
from portal.notices import tell
from portal.refs import Ref
from resources import actions

from ..entrance import ask_for_code
from ..post_office import AUTHOR, MONDAY, NEXT_MONDAY, SATURDAY, SUNDAY, TUESDAY, head, wants


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
