"""Every page of allauth stands in our frame."""

import pytest
from django.test import Client

from portal.demo import make_administrator, make_person
from tests.addresses import names_under

from .entrance import LANGUAGES, address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_allauth_stands_in_the_frame_of_the_portal(language):
    names = names_under("accounts/")
    assert len(names) > 20
    seen = set()
    for person in (None, make_person(), make_administrator()):
        visitor = Client()
        if person:
            visitor.force_login(person)
        for page in (address(name, language) for name in names):
            response = visitor.get(page)
            assert response.status_code in (200, 302, 404), page
            if response.status_code == 200:
                seen.add(page)
                assert '<header class="header">' in response.content.decode(), page
            else:
                assert response.status_code == 404 or response.url.startswith("/"), page
    assert len(seen) > 10
