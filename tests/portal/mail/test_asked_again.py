"""To whom a letter no longer goes, though it was on its way."""

from datetime import datetime
from functools import partial

import pytest
from django.utils import timezone

from portal import actions as portal_actions
from portal.demo import make_administrator, make_person
from portal.mail.digests import make_digests
from portal.mail.sending import send_due_letters
from portal.models import Letter, Notice, Rhythm, Suspension
from portal.notices import kind_of, tell
from resources import actions

from ..post_office import ALMATY, AUTHOR, FRIDAY, MONDAY, SATURDAY, TUESDAY, head, tell_more, text, wants


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
