"""A letter leaves once, and not less."""

from django.utils import timezone

from portal.demo import make_person
from portal.mail.posting import post_account_letter
from portal.mail.sending import close, send_due_letters, send_letter
from portal.models import Letter, Notice
from portal.notices import tell
from portal.refs import Ref
from tests.together import together

from ..post_office import AUTHOR, MONDAY, TUESDAY, free_port, tell_more


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
