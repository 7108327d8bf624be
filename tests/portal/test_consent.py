"""What a person agrees to: kept with its version, and asked about again when it is newer."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from portal.demo import make_demo_pages, make_person
from portal.models import Act, Consent, User

from .entrance import NEW, address, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def footer():
    """The pages at the foot, among them what a person agrees to."""
    make_demo_pages()


def test_consent_is_kept_with_version_time_and_language(client):
    sign_up(client, "ru")
    consent = Consent.objects.get(user__email_key=NEW)
    assert (consent.version, consent.language) == (settings.TERMS_VERSION, "ru")
    assert (timezone.now() - consent.given_at).total_seconds() < 60
    assert Act.objects.filter(verb="join", object_id=consent.user_id).exists()


def test_the_agreement_links_to_what_is_agreed_to(client, footer):
    label = re.search(r'<label for="id_terms">.*?</label>', client.get(address("account_signup")).content.decode(), re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"', label)
    assert len(links) == 2
    assert all(client.get(link).status_code == 200 for link in links)


def test_without_agreement_nothing_is_made_and_nothing_typed_is_lost(client, footer):
    response = sign_up(client, terms="")
    page = response.content.decode()
    assert response.status_code == 200
    assert not User.objects.exists() and not mail.outbox
    assert f'value="{NEW}"' in page and 'value="Айгерім"' in page and 'value="Қасым"' in page
    # A link inside a link of the error summary would fall apart.
    assert not re.search(r"<a [^>]*>[^<]*<a ", page)


def test_newer_terms_are_asked_about_once(client, settings, footer):
    client.force_login(make_person())
    agree, start = address("agree"), address("start")
    assert agree not in client.get(start).content.decode()
    settings.TERMS_VERSION = "2027-09-01"
    page = client.get(start)
    assert agree in page.content.decode() and len(page.context["terms"]) == 2
    assert client.get(agree).status_code == 405
    assert client.get(address("share_material")).status_code == 200
    for _press in range(2):
        assert client.post(agree).url == start
    assert agree not in client.get(start).content.decode()
    assert [consent.version for consent in Consent.objects.order_by("given_at")] == ["2026-11-01", "2027-09-01"]
