"""People and pages that most tests of the portal begin with."""

import pytest
from django.test import Client

from portal.demo import make_administrator, make_person
from portal.models import ArticlePage, SectionPage, User
from portal.preparation import make_article

from .entrance import prove
from .newsroom import TITLE


@pytest.fixture
def administrator(db) -> User:
    return make_administrator()


@pytest.fixture
def cms(client, administrator) -> Client:
    """She works in the CMS, in English, and has just shown who she is."""
    client.force_login(administrator)
    prove(client)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def teacher(db) -> User:
    return make_person()


@pytest.fixture
def member(teacher) -> Client:
    client = Client()
    client.force_login(teacher)
    return client


@pytest.fixture
def news(db) -> SectionPage:
    return SectionPage.objects.get(slug="news", locale__language_code="kk")


@pytest.fixture
def article(news) -> ArticlePage:
    return make_article(TITLE, "Мұғалімдер **сейсенбіде** жиналады.", "kk", news, lead="Екі күн, сегіз дәріс.")
