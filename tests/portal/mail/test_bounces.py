"""What comes back."""

import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import call_command
from django.test import Client

from portal.mail.bounces import take_report
from portal.mail.digests import make_digests
from portal.mail.sending import send_due_letters
from portal.models import Bounce, Letter

from ..entrance import ask_for_code
from ..post_office import AUTHOR, FRIDAY, MONDAY, TUESDAY, is_stopped, tell_more

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
