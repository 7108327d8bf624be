"""How often things may be done, by whom, and what a proxy may say about it."""

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from portal.demo import make_person
from portal.limits import exceeded
from portal.models import Region, School, Upload
from resources.demo import make_material

from .entrance import address, is_in, sign_in

pytestmark = pytest.mark.django_db

TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "10", "Upload-Metadata": "filename 0LAucGRm"}


def attempt(client: Client, **headers):
    return client.post(address("account_login"), {"login": "nobody@example.org", "password": "x"}, headers=headers)


def test_behind_a_proxy_the_client_it_names_is_counted(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _attempt in range(30):
        attempt(Client(), X_Forwarded_For="203.0.113.5")
    assert attempt(Client(), X_Forwarded_For="203.0.113.5").status_code == 429
    assert attempt(Client(), X_Forwarded_For="203.0.113.6").status_code == 200, "a neighbour behind the same proxy goes on"


def test_what_a_client_says_of_itself_before_the_proxy_changes_nothing(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(30):
        attempt(Client(), X_Forwarded_For=f"198.51.100.{number}, 203.0.113.5")
    assert attempt(Client(), X_Forwarded_For="198.51.100.99, 203.0.113.5").status_code == 429


def test_without_a_proxy_the_header_is_not_believed():
    for number in range(30):
        attempt(Client(), X_Forwarded_For=f"203.0.113.{number}")
    assert attempt(Client(), X_Forwarded_For="203.0.113.99").status_code == 429


def test_a_limit_counts_one_person_and_not_her_neighbour(settings):
    settings.LIMITS = {"upload": (2, 3600)}
    one, other = make_person(), make_person("other@example.org")
    assert [exceeded("upload", one) for _time in range(3)] == [False, False, True]
    assert not exceeded("upload", other)


def test_one_too_many_is_told_on_a_page_of_ours_in_the_readers_language(client, settings):
    settings.LIMITS = settings.LIMITS | {"my-data": (1, 3600)}
    client.force_login(make_person())
    assert client.post(address("ask_for_data", "ru")).status_code == 302
    response = client.post(address("ask_for_data", "ru"))
    assert response.status_code == 429
    with override("ru"):
        assert gettext("Too many attempts") in response.content.decode()


def test_uploads_that_were_begun_are_counted(client, settings):
    settings.LIMITS = {"upload": (1, 3600)}
    client.force_login(make_person())
    assert client.post(address("share_upload"), headers=TUS).status_code == 201
    assert client.post(address("share_upload"), headers=TUS).status_code == 429
    assert Upload.objects.count() == 1


def test_schools_beyond_every_need_are_refused_in_the_form(client, settings):
    settings.LIMITS = {"school": (1, 3600)}
    client.force_login(make_person())
    typed = {"school": "new", "new_region": Region.objects.first().pk, "post": "teacher"}
    assert client.post(address("change_school"), typed | {"new_name": "Бірінші"}).status_code == 302
    refused = client.post(address("change_school"), typed | {"new_name": "Екінші"})
    assert refused.status_code == 422 and "Екінші" in refused.content.decode()
    assert [school.name_kk for school in School.objects.filter(state=School.State.PROPOSED)] == ["Бірінші"]


@pytest.mark.parametrize("name", ["complain", "my-data", "school", "upload"])
def test_a_day_at_school_stays_below_every_limit(settings, name):
    times, seconds = settings.LIMITS[name]
    assert times >= 5 and seconds <= 24 * 3600


def test_one_report_too_many_keeps_its_words(client, settings):
    settings.LIMITS = settings.LIMITS | {"complain": (1, 3600)}
    author = make_person("author@example.org")
    materials = [make_material(author) for _number in range(2)]
    client.force_login(make_person())
    answers = [client.post(f"/kk/complaints/materials/{material.pk}/", {"reason": "other", "text": "Қате бар."}) for material in materials]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "Қате бар." in answers[1].content.decode() and "тым жиі" in answers[1].content.decode()


# The entrance


@pytest.mark.parametrize(
    ("name", "attempts", "typed"),
    [
        ("account_login", 30, {"login": "nobody@example.org", "password": "x"}),
        ("account_signup", 100, {}),
        ("account_reset_password", 5, {"email": "nobody@example.org"}),
    ],
)
def test_too_many_attempts_are_told_so_on_a_page_of_ours(client, name, attempts, typed):
    for _attempt in range(attempts):
        assert client.post(address(name), typed).status_code != 429
    response = client.post(address(name), typed)
    assert response.status_code == 429
    with override("kk"):
        assert gettext("Too many attempts") in response.content.decode()
    assert 'lang="kk"' in response.content.decode()


def test_guessing_one_password_is_stopped_for_that_account(client):
    make_person()
    for _attempt in range(5):
        sign_in(client, password="wrong")
    sign_in(client)
    assert not is_in(client)
