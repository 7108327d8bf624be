"""The first view of a page weighs at most 100 KB on its way, without the pictures of its content."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from portal.templatetags import look

LIMIT = 100_000
PAGES = [("home", "-"), ("search", "-"), ("material", "public"), ("start", "-"), ("share_material", "-"), ("edit_material", "draft")]
LOADED = re.compile(r"""<(?:link [^>]*?rel="(?:stylesheet|icon)"[^>]*?href|script [^>]*?src|use href)="/static/([^"#?]+)""")
IMPORTED = re.compile(r"""^import [^;]*?["'](\.[^"']+)["']""", re.MULTILINE)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.stylesheets.BundledStorage"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The site's own files as production serves them: joined and named by their content."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*"])
        forget_addresses()
        yield
    forget_addresses()


def forget_addresses() -> None:
    """Parts of the frame are drawn once in a process, and name the files of their storage."""
    for part in (look.own_assets, look.script, look.icon, look.drawn, look.language_badge):
        part.cache_clear()


def weights(page: bytes) -> dict[str, int]:
    """The page and everything it loads, as they are after compression."""
    names = set(LOADED.findall(page.decode()))
    for script in [name for name in names if name.endswith(".js")]:
        names |= imported(script)
    return {"page": packed(page)} | {name: packed(Path(staticfiles_storage.path(name)).read_bytes()) for name in names}


def imported(script: str) -> set[str]:
    path = Path(staticfiles_storage.path(script))
    places = [(path.parent / name).resolve() for name in IMPORTED.findall(path.read_text())]
    return {str(place.relative_to(staticfiles_storage.location)) for place in places}


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.parametrize(("name", "thing"), PAGES)
def test_the_first_view_is_light(collected, world, name, thing):
    reader = "guest" if name in ("home", "search", "material") else "owner"
    found = weights(world.client(reader).get(world.address(name, thing)).content)
    assert {Path(file).suffix for file in found} >= {".css", ".js", ".svg"}
    assert sum(found.values()) <= LIMIT, found
