"""What nobody has told her by a letter yet, once a day or once a week."""

import pytest

from portal import actions as portal_actions
from portal.mail.digests import make_digests
from portal.mail.sending import send_due_letters
from portal.models import Notice, Rhythm
from portal.notices import kind_of, tell
from portal.refs import Ref
from resources import actions
from resources.demo import make_material

from ..post_office import AUTHOR, FRIDAY, MONDAY, NEXT_MONDAY, TUESDAY, head, text, wants


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
