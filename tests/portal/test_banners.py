"""Words of the editors under the header: written in the CMS, shown to those they are for, as long as they are for them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Act, Banner, Region

from .newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db
TEXTS = {"text_kk": "Ертең порталда жұмыс жүреді", "text_ru": "Завтра на портале работы", "text_en": "Maintenance tomorrow"}


def make_banner(**fields) -> Banner:
    banner = Banner(**TEXTS | {"closes_at": timezone.now() + timedelta(days=1)} | fields)
    actions.put_banner(banner, actor=None)
    return banner


def sees(client, language: str = "kk") -> bool:
    return TEXTS[f"text_{language}"] in client.get(f"/{language}/").content.decode()


def banner_form(**fields) -> dict:
    moments = {"opens_at": "2026-01-01 10:00", "closes_at": "2036-01-01 10:00"}
    return TEXTS | moments | {"link": "", "kind": "info", "audience": "everyone", "region": ""} | fields


def test_an_editor_writes_a_banner_and_every_page_shows_it_at_once(client):
    assert not sees(client)
    editor = make_worker("Editors")
    answer = signed_in(editor).post(reverse("banner:add"), banner_form(link="/materials/"))
    assert answer.status_code == 302
    for language in ("kk", "ru", "en"):
        assert sees(client, language)
        assert f'<a href="/{language}/materials/">{TEXTS[f"text_{language}"]}</a>' in client.get(f"/{language}/search/").content.decode()
    assert Act.objects.get(source="banners").actor == editor
    banner = Banner.objects.get()
    signed_in(editor).post(reverse("banner:edit", args=[banner.pk]), banner_form(text_kk="Бәрі дайын"))
    assert "Бәрі дайын" in client.get("/kk/").content.decode()
    signed_in(editor).post(reverse("banner:delete", args=[banner.pk]))
    assert "Бәрі дайын" not in client.get("/kk/").content.decode()
    assert list(Act.objects.filter(source="banners").order_by("pk").values_list("verb", flat=True)) == ["add", "change", "remove"]


@pytest.mark.parametrize("group", ["Authors", "Translators"])
def test_only_editors_write_banners(group):
    worker = signed_in(make_worker(group))
    assert worker.post(reverse("banner:add"), banner_form()).status_code == 302
    assert not Banner.objects.exists()


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("closes_at", {"closes_at": "2025-01-01 10:00"}),
        ("region", {"audience": "region"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("text_en", {"text_en": ""}),
    ],
)
def test_what_makes_no_sense_is_said_in_the_form(field, fields):
    answer = signed_in(make_administrator()).post(reverse("banner:add"), banner_form(**fields))
    assert field in answer.context["form"].errors
    assert TEXTS["text_ru"] in answer.content.decode()
    assert not Banner.objects.exists()


def test_who_is_shown_what():
    staff = make_administrator()
    school = make_school(region="31")
    verified = make_person("verified@example.org", school=school, confirmed_by=staff)
    readers = {
        "guest": Client(),
        "member": signed_in(make_person("member@example.org", school=make_school("test-2", name="№ 2 мектеп", region="75"))),
        "verified": signed_in(verified),
        "coordinator": signed_in(make_role(make_person("coordinator@example.org"), "coordinator", f"school:{school.pk}")),
    }
    for audience, shown in {
        "everyone": {"guest", "member", "verified", "coordinator"},
        "guests": {"guest"},
        "members": {"member", "verified", "coordinator"},
        "verified": {"verified"},
        "coordinators": {"coordinator"},
        "region": {"verified"},
    }.items():
        banner = make_banner(audience=audience, region=Region.objects.get(code="31") if audience == "region" else None)
        assert {name for name, client in readers.items() if client.get("/kk/").context["banners"]} == shown, audience
        actions.remove_banner(banner, actor=staff)


def test_a_banner_has_its_time(client):
    now = timezone.now()
    make_banner(opens_at=now + timedelta(hours=1), closes_at=now + timedelta(hours=2))
    for minutes, shown in ((0, False), (61, True), (119, True), (121, False)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert sees(client) is shown


def test_a_reader_puts_a_banner_away_without_a_script(client):
    first, second = make_banner(), make_banner(text_kk="Екінші хабар", kind="warn")
    answer = client.post(reverse("dismiss_banner", args=[first.pk]), {"next": "/kk/search/?q=1"})
    assert answer.status_code == 302 and answer["Location"] == "/kk/search/?q=1"
    assert [row["id"] for row in client.get("/kk/").context["banners"]] == [second.pk]
    client.post(reverse("dismiss_banner", args=[second.pk]), {"next": "https://example.org/"})
    assert not client.get("/ru/").context["banners"]
    assert len(Client().get("/kk/").context["banners"]) == 2


def test_a_cookie_that_somebody_made_up_does_no_harm(client):
    make_banner()
    client.cookies["banners"] = "x.²." + "9" * 5000
    assert client.get("/kk/").status_code == 200


def test_banners_cost_nothing_once_they_are_kept(client):
    def queries() -> int:
        client.get("/kk/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/kk/")
        return len(captured)

    without = queries()
    for audience in Banner.Audience:
        make_banner(audience=audience, region=Region.objects.first() if audience == "region" else None)
    cache.clear()
    assert queries() == without
