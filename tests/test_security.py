"""What docs/security.md says of the whole portal; what it says of one part is tested beside that part."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.fields import RichTextField

from portal.demo import PASSWORD, make_administrator, make_person
from portal.models import ArticlePage, File, Picture

from .addresses import PAGES
from .portal.entrance import address, ask_for_code, code_from, enter, is_in, sign_in, sign_up
from .world import READERS

ROOT = Path(__file__).parents[1]
OWN = ("search", "portal", "community", "resources", "leaders")
HOSTILE = "<b id=x7>\" onx7='"
RAW = re.compile(r"<b id=x7|[\"'] onx7=")
# What is no text of anybody: keys, codes and addresses made by us, HTML that was cleaned before it was stored.
MADE_BY_US = re.compile(
    r"(.*_html|html|.*digest|container|.*_key|code|codes|.*source|verb|scope|hash|type|kind|blob|preview|language|locale|folded|audience.*|requires.*|slug|url_path|"
    r"password|email|version|facet|object_id|target|next|file|path|name_folded|key|stem.*|rows?|report|sort_.*|facets|token.*|address|url)\Z"
)
EVIL = ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example", "\\\\evil.example"]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


# What people write


def text_fields(model) -> list[str]:
    """Fields in which somebody's words stand, long enough for the hostile ones."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, CharField | TextField) and not field.choices]
    # The CMS lets through no more than its editor's own elements when it keeps such a text.
    fields = [field for field in fields if not isinstance(field, RichTextField)]
    fields = [field for field in fields if (field.max_length or 1000) >= 40 and not field.primary_key]
    return [field.name for field in fields if not MADE_BY_US.match(field.name)]


def poison() -> list[str]:
    """Hostile words in every text field of every row of ours, past all forms; which fields those were."""
    poisoned = []
    for model in (model for label in OWN for model in apps.get_app_config(label).get_models() if text_fields(model)):
        words = Concat(Value(HOSTILE), Cast("pk", CharField()))
        if model._base_manager.update(**dict.fromkeys(text_fields(model), words)):
            poisoned += [f"{model._meta.label}.{name}" for name in text_fields(model)]
    return poisoned


@pytest.mark.django_db
def test_words_in_every_text_field_stay_words_on_every_page(world):
    addresses = [(row, row.address(world)) for row in PAGES]
    poisoned = poison()
    assert {"portal.User.given_name", "resources.Material.title", "resources.MaterialLink.title", "portal.Complaint.text"} <= set(poisoned)
    broken, shown = [], 0
    for row, page in addresses:
        for reader in READERS:
            body = b"".join(world.client(reader).get(page)).decode()
            shown += escape("<b id=x7>") in body
            broken += [f"{row.name} {row.thing} as {reader}: {body[found.start() - 60 : found.end() + 20]}" for found in RAW.finditer(body)]
    assert broken == []
    assert shown > 100


# Where people are led


@pytest.mark.django_db
@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_led_to_another_site(evil):
    make_person()
    client = Client()
    assert sign_in(client, next=evil).url == address("start")
    answers = [
        client.post("/look/", {"theme": "dark", "next": evil}),
        client.post(reverse("agree"), headers={"referer": evil}),
        client.get(f"/kk/accounts/reauthenticate/?next={evil}"),
        client.post("/kk/accounts/logout/", {"next": evil}),
        Client().post(reverse("agree"), headers={"referer": evil}),
        Client().get(f"/cms/login/?next={evil}"),
        Client().get(f"/kk/_util/login/?next={evil}"),
    ]
    led = [answer.headers.get("Location", "") for answer in answers]
    assert [place for place in led if re.match(r"(?i)(https?:)?[/\\]{2}|javascript:", place)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "portal.example.evil.example", "portal.example@evil.example", "portal.example:80:80"])
def test_another_host_is_refused_by_the_portal_itself(client, settings, host):
    settings.ALLOWED_HOSTS = ["portal.example"]
    assert client.get("/kk/", headers={"host": host}).status_code == 400
    assert client.get("/kk/", headers={"host": "portal.example", "x-forwarded-host": host}).status_code == 200


# Sessions


@pytest.mark.django_db
def test_a_planted_session_is_not_taken_over(client):
    """Somebody gives her a session of theirs before she signs in: it stays a guest's."""
    make_person()
    stranger = Client()
    stranger.get("/kk/accounts/login/")
    planted = "a" * 32
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client)
    own = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert own != planted
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert stranger.get(address("start")).status_code == 302


@pytest.mark.django_db
def test_signing_out_ends_the_session_on_the_server(client):
    make_person()
    sign_in(client)
    copied = Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert copied.get(address("start")).status_code == 200
    client.post(address("account_logout"))
    assert copied.get(address("start")).status_code == 302


@pytest.mark.django_db
def test_a_new_password_ends_every_other_session(client):
    make_person()
    sign_in(client)
    other = Client()
    sign_in(other)
    new = "zhana-qupiya-soz-2026"
    answer = client.post(address("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert [browser.get(address("start")).status_code for browser in (client, other)] == [200, 302]


@pytest.mark.django_db
def test_a_code_by_mail_dies_within_ten_minutes(client, mailoutbox):
    make_person()
    ask_for_code(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        enter(client, "account_confirm_login_code", code_from(mailoutbox[-1]))
    assert not is_in(client)
    newcomer = Client()
    sign_up(newcomer)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        enter(newcomer, "account_email_verification_sent", code_from(mailoutbox[-1]))
    assert not is_in(newcomer)


@pytest.mark.django_db
def test_every_form_asks_for_its_token(world):
    """A request of another site carries the cookie and no token."""
    owner = Client(enforce_csrf_checks=True)
    owner.force_login(world.people["owner"])
    for name, thing in [("edit_profile", "-"), ("agree", "-"), ("share_material", "-"), ("move_material", "trash"), ("share_upload", "-")]:
        assert owner.post(world.address(name, thing), headers={"tus-resumable": "1.0.0"}).status_code == 403, name


# Files and tables


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["сурет.svg", "сурет.png", "сурет.pdf"])
def test_a_drawing_with_a_script_is_not_taken(client, name):
    client.force_login(make_person())
    answer = client.post(address("share_material"), {"file": SimpleUploadedFile(name, SVG, "image/svg+xml")})
    assert (answer.status_code, File.objects.count()) == (422, 0)


@pytest.mark.django_db
def test_an_editor_adds_no_drawing_with_a_script_either(client):
    client.force_login(make_administrator())
    answer = client.post("/cms/images/add/", {"title": "x", "file": SimpleUploadedFile("x.svg", SVG, "image/svg+xml"), "collection": 1})
    assert (answer.status_code, Picture.objects.count()) == (200, 0)


@pytest.mark.django_db
def test_no_table_that_the_cms_exports_runs_a_formula(client, world):
    client.force_login(world.people["staff"])
    article = ArticlePage.objects.get(pk=world.article.pk)
    article.title = '=HYPERLINK("https://evil.example")'
    article.save()
    article.save_revision(user=world.people["staff"]).publish()
    for report in ("site-history", "aging-pages"):
        table = b"".join(client.get(f"/cms/reports/{report}/?export=csv")).decode()
        assert "HYPERLINK" in table, report
        assert re.search(r'(?m)(^|,)"?=HYPERLINK', table) is None, report


def test_every_export_of_wagtail_goes_through_the_same_cell():
    view = SpreadsheetExportMixin()
    cells = {cell: view.preprocess_field_value("any", cell, "csv") for cell in ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "мектеп")}
    assert [cell for cell, written in cells.items() if written == cell] == ["мектеп"]


# The table itself


def test_every_test_that_the_table_names_exists():
    told = (ROOT / "docs" / "security.md").read_text()
    rows = [line for line in told.splitlines() if re.match(r"\| \d+\.\d+\.\d+", line)]
    assert len(rows) > 60
    written = {name for path in (ROOT / "tests").rglob("*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)}
    written |= {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py")}
    for row in rows:
        named = re.findall(r"`(test_\w+|tests/[\w/]+\.py)`", row.rsplit("|", 2)[1])
        assert named or "—" in row.rsplit("|", 2)[1], row
        assert [name for name in named if name not in written] == [], row
