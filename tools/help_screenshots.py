"""Make the pictures of the help centre: the demo portal on a phone, in three languages, as it looks on one fixed day.

    .venv/bin/python tools/help_screenshots.py            # all of them
    .venv/bin/python tools/help_screenshots.py share find # some

Needs Chromium and what requirements-test.txt lists. It works on a portal of its own in a folder that is thrown away.
"""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "portal" / "help" / "pictures"
NOW = datetime.fromisoformat("2026-11-20T10:00:00+05:00")
WIDTH, HEIGHT, SHARPNESS = 360, 640, 1.5
MOST_BYTES = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class Shot:
    """`address` may name {material}, one of a colleague, and {own}; the page is scrolled until `look_at` stands at its top."""

    name: str
    address: str
    look_at: str = ""
    guest: bool = False


SHOTS = [
    Shot("sign-up", "accounts/signup/", guest=True),
    Shot("protect-account", "accounts/2fa/", "h1"),
    Shot("school", "me/", "h1"),
    Shot("share", "materials/share/"),
    Shot("licence", "materials/{material}/", "dl.facts"),
    Shot("pupils-data", "materials/{own}/edit/", "h1"),
    Shot("find", "search/?q={word}", "#results, .rows"),
    Shot("save-and-thank", "materials/{material}/", ".material-head"),
    Shot("edit-and-trash", "materials/mine/", "h1"),
    Shot("notices", "notices/", "h1"),
    Shot("report", "complaints/materials/{material}/", "h1"),
    Shot("my-data", "me/data/", "h1"),
    Shot("weak-internet", ""),
]
WORDS = {"kk": "бөлшектерді", "ru": "дробями", "en": "fraction"}


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"PORTAL_VAR": var, "DJANGO_SETTINGS_MODULE": "portal.settings.development", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
        sys.path.insert(0, str(ROOT))
        import time_machine

        with time_machine.travel(NOW):
            make_portal()
            take([shot for shot in SHOTS if not names or shot.name in names], serve())


def make_portal() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    # Files are read and entries written at once: no worker runs beside.
    settings.TASKS = {"default": {"BACKEND": "portal.tasks.AtOnceBackend", "QUEUES": ["default"]}}
    django.setup()
    for command in ("migrate", "prepare", "demo"):
        call_command(command, verbosity=0)


def serve() -> str:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadedWSGIServer(("localhost", 0), Quiet)
    server.set_app(get_wsgi_application())
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://localhost:{server.server_port}"


def take(shots: list[Shot], base: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for language in LANGUAGES:
            places = things(language)
            for guest in (True, False):
                context = browser.new_context(
                    base_url=base,
                    viewport={"width": WIDTH, "height": HEIGHT},
                    device_scale_factor=SHARPNESS,
                    reduced_motion="reduce",
                    color_scheme="light",
                )
                context.add_cookies([] if guest else [session(base)])
                page = context.new_page()
                for shot in shots:
                    if shot.guest == guest:
                        keep(page, shot, language, places)
                context.close()


def things(language: str) -> dict:
    """A material of a colleague in this language, with a file to be seen, and one of the teacher's own."""
    from resources.models import Material

    shown = Material.objects.shown().filter(audience="public", files__isnull=False).order_by("pk").distinct()
    others = shown.exclude(author__email_key="teacher@example.org")
    own = shown.filter(author__email_key="teacher@example.org")
    return {
        "material": others.filter(language=language).first().pk,
        "own": (own.filter(language=language).first() or own.first()).pk,
        "word": WORDS[language],
    }


def session(base: str) -> dict:
    from django.test import Client

    from portal.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email_key="teacher@example.org"))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}


def keep(page, shot: Shot, language: str, places: dict) -> None:
    answer = page.goto(f"/{language}/{shot.address.format(**places)}", wait_until="networkidle")
    if answer.status != 200:
        raise SystemExit(f"{shot.name}: {answer.status} at {page.url}")
    if shot.look_at:
        page.locator(shot.look_at).first.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 16)")
    folder = PICTURES / language
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{shot.name}.webp").write_bytes(small(page.screenshot()))


def small(png: bytes) -> bytes:
    """As sharp as fits into the bytes that a page may cost on a weak connection."""
    from PIL import Image

    picture = Image.open(BytesIO(png)).convert("RGB")
    for quality in (80, 70, 60, 50, 40, 30, 20):
        data = BytesIO()
        picture.save(data, "WEBP", quality=quality, method=6)
        if data.tell() <= MOST_BYTES:
            break
    return data.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
