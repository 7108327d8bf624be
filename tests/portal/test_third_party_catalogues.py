"""Every string of other people's packages that a reader can meet speaks Kazakh and Russian."""

from importlib.resources import files

import polib
import pytest
from django.core.management import call_command
from django.utils.translation.trans_real import DjangoTranslation

from portal.management.commands.compile_catalogues import keeps_placeholders

PACKAGES = [
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "allauth",
    "taggit",
    "wagtail",
]
# Django's greeting of an empty project, and the parts of allauth that the portal does not install
NEVER_MET = ("default_urlconf.html", "socialaccount/", "idp/", "headless/", "openid/")
# Of Wagtail a reader meets only the door of a page with a password.
WAGTAIL_READER = ("wagtailcore/password_required.html", "forms.py:9", "forms.py:21")
NUMBERS = (0, 1, 2, 5, 11, 21, 22, 100)


def is_met(package, entry):
    places = [f"{path}:{line}" for path, line in entry.occurrences]
    if package == "wagtail":
        return any(place.startswith(("templates/" + WAGTAIL_READER[0], *WAGTAIL_READER[1:])) for place in places)
    return not all(any(part in place for part in NEVER_MET) for place in places)


def entries():
    for package in PACKAGES:
        source = files(package) / "locale" / "en" / "LC_MESSAGES" / "django.po"
        yield from (entry for entry in polib.pofile(str(source)) if is_met(package, entry))


@pytest.fixture(scope="module", params=["kk", "ru"])
def catalogue(request):
    """The merged catalogue of one language without the language it falls back to."""
    call_command("compile_catalogues")
    return DjangoTranslation(request.param)._catalog


def translate(catalogue, entry):
    """The same entry with what Django would show for it."""
    msgid = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
    shown = polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural)
    if entry.msgid_plural:
        shown.msgstr_plural = {number: plural(catalogue, msgid, number) for number in NUMBERS}
    else:
        shown.msgstr = catalogue.get(msgid, "")
    return shown


def plural(catalogue, msgid, number):
    try:
        return catalogue.plural(msgid, number)
    except KeyError:
        return ""


def test_the_packages_are_read():
    assert len(list(entries())) > 700


def test_nothing_is_left_untranslated(catalogue):
    assert [entry.msgid for entry in entries() if not translate(catalogue, entry).translated()] == []


def test_placeholders_agree(catalogue):
    assert [entry.msgid for entry in entries() if not keeps_placeholders(translate(catalogue, entry))] == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_our_words_win_over_the_packages(settings, language):
    call_command("compile_catalogues")
    catalogue = DjangoTranslation(language)._catalog
    ours = polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))
    for entry in ours:
        if not entry.msgid_plural:
            assert translate(catalogue, entry).msgstr == entry.msgstr
        else:
            assert set(translate(catalogue, entry).msgstr_plural.values()) <= set(entry.msgstr_plural.values())


# Wagtail means the same by these, in other words than ours.
SAID_OTHERWISE = {
    "Account",
    "Bold",
    "Copied",
    "Dark",
    "Italic",
    "Light",
    "Next",
    "Number",
    "Preview",
    "Previous",
    "Upload",
    "active",
    "any",
    "expired",
    "name",
    "subject",
    "tags",
    "title",
}


def test_no_string_of_ours_gives_one_of_wagtail_another_meaning():
    """Catalogues are one: «Reports» of readers was also the name of the reports of the CMS."""
    ours = {}
    for app in ("portal", "community", "resources", "leaders"):
        for path in files(app).glob("locale/ru/LC_MESSAGES/django.po"):
            ours |= {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.occurrences and not entry.msgctxt}
    theirs = files("wagtail").rglob("locale/ru/LC_MESSAGES/django.po")
    said = [entry for path in theirs for entry in polib.pofile(str(path)) if not entry.msgctxt and entry.msgstr]
    assert {entry.msgid for entry in said if ours.get(entry.msgid, entry.msgstr) != entry.msgstr} == SAID_OTHERWISE
