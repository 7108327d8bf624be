"""A mail server, a calendar, and somebody who is thanked."""

from datetime import datetime

import pytest
from django.test import Client

from portal.demo import make_person
from portal.models import Notice, Rhythm
from resources import actions
from resources.demo import make_material

from ..post_office import ALMATY, AUTHOR, HOST, MONDAY, PostOffice, wants


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


@pytest.fixture
def thanked(author, reader, material, post_office):
    """The author wants to hear of thanks at once, and is thanked on Monday at three."""
    wants(author, Rhythm.AT_ONCE)
    actions.thank(reader, material)
    return Notice.objects.get()


@pytest.fixture
def centre(author):
    client = Client()
    client.force_login(author)
    return client
