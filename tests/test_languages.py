"""Every string a person can meet is translated, from sources that can be translated."""

import ast
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from portal.management.commands.collect_messages import HEADER, ROOMS
from portal.management.commands.compile_catalogues import keeps_placeholders, placeholders

ROOT = Path(__file__).parents[1]
CATALOGUES = sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po"))
# Function, also by its name with "_lazy" -> how many of its first arguments are strings for the translator
STRINGS = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
NAMELESS = re.compile(r"%[sdrfi]|{\d*}")
NO_LETTERS = re.compile(r"%\(\w+\)[a-z]|%[sd]|{\w*}|<[^>]*>")
# Not at the beginning of a sentence
SOLEMN_YOU = re.compile(r"(?<=[^.!?…\s] )(Вы|Вас|Вам|Вами|Ваш[а-я]*)\b")
PLAIN_YOU = re.compile(r"\bсіз\w*")
TWO_ALPHABETS = re.compile(r"[а-яёәғқңөұүһі][a-z]|[a-z][а-яёәғқңөұүһі]", re.IGNORECASE)


def name(catalogue: Path) -> str:
    return str(catalogue.relative_to(ROOT))


each_catalogue = pytest.mark.parametrize("catalogue", CATALOGUES, ids=name)


def texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]


@each_catalogue
def test_nothing_is_left_untranslated(catalogue):
    assert [entry.msgid for entry in polib.pofile(str(catalogue)) if entry.fuzzy or not entry.translated()] == []


@each_catalogue
def test_every_plural_has_all_its_forms(catalogue):
    read = polib.pofile(str(catalogue))
    forms = int(re.search(r"nplurals=(\d)", read.metadata["Plural-Forms"])[1])
    assert [entry.msgid for entry in read if entry.msgid_plural and len(entry.msgstr_plural) != forms] == []


@each_catalogue
def test_placeholders_agree(catalogue):
    assert [entry.msgid for entry in polib.pofile(str(catalogue)) if not keeps_placeholders(entry)] == []


@each_catalogue
def test_our_placeholders_have_names(catalogue):
    """Words stand in another order in another language. Entries without a place belong to other packages."""
    ours = [entry for entry in polib.pofile(str(catalogue)) if entry.occurrences]
    assert [entry.msgid for entry in ours if NAMELESS.search(entry.msgid + entry.msgid_plural)] == []


@each_catalogue
def test_no_letter_of_another_alphabet_hides_in_a_word(catalogue):
    """A Latin "i" or "o" inside a Cyrillic word looks right and is never found by search."""
    found = [text for entry in polib.pofile(str(catalogue)) for text in texts(entry)]
    assert [text for text in found if TWO_ALPHABETS.search(NO_LETTERS.sub(" ", text))] == []


@pytest.mark.parametrize("catalogue", [path for path in CATALOGUES if "ru" in path.parts], ids=name)
def test_russian_speaks_to_its_reader_in_lower_case(catalogue):
    found = [text for entry in polib.pofile(str(catalogue)) for text in texts(entry)]
    assert [text for text in found if SOLEMN_YOU.search(text)] == []


def test_kazakh_speaks_to_its_reader_with_a_capital_letter():
    catalogues = [path for path in CATALOGUES if "kk" in path.parts]
    files = [path for room in ROOMS for kind in ("toml", "html") for path in sorted((ROOT / room).rglob(f"*.{kind}"))]
    # A worksheet speaks to pupils.
    written = [path for path in files if "materials" not in path.parts]
    said = {path: [text for entry in polib.pofile(str(path)) for text in texts(entry)] for path in catalogues}
    said |= {path: path.read_text(encoding="utf-8").splitlines() for path in written}
    assert [f"{name(path)}: {text}" for path, lines in said.items() for text in lines if PLAIN_YOU.search(text)] == []


@pytest.fixture
def copy(tmp_path, monkeypatch, settings) -> Path:
    """The sources and catalogues elsewhere, because collecting writes beside them."""
    if not shutil.which("xgettext"):
        reason = "xgettext is missing: install gettext"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("static", "data", "demo_content", "*.pyc", "*.mo"))
    monkeypatch.chdir(tmp_path)
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "portal" / "locale"]
    return tmp_path


def entries(root: Path) -> dict[str, set]:
    found = {str(path.relative_to(root)): polib.pofile(str(path)) for path in root.glob("*/locale/*/LC_MESSAGES/django.po")}
    return {path: {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue} for path, catalogue in found.items()}


def test_the_catalogues_have_what_the_sources_say(copy):
    before = entries(copy)
    call_command("collect_messages", verbosity=0)
    after = entries(copy)
    stale = {path: sorted(map(str, after.get(path, set()) ^ before.get(path, set()))) for path in before.keys() | after.keys()}
    assert {path: found for path, found in stale.items() if found} == {}, "run: make messages"
    assert {Path(path).parts[2] for path in after} == set(HEADER)


def unfit(source: str) -> Iterator[int]:
    """Lines where a translation function is asked for something that is no plain string, so that no catalogue can hold it."""
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    renamed = {alias.asname: alias.name for node in imports for alias in node.names if alias.asname}
    # What is asked within an f-string is not collected.
    hidden = {inner for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            strings = STRINGS.get(renamed.get(called, called).removesuffix("_lazy"), 0)
            if strings and (node in hidden or not all(isinstance(argument, ast.Constant) for argument in node.args[:strings])):
                yield node.lineno


@pytest.mark.parametrize(
    "call",
    [
        "f\"{_('found')}\"",
        '_(f"{n} found")',
        '_("{} found".format(n))',
        '_("%s found" % n)',
        '_("a" + b)',
        "_(word)",
        't.pgettext("verb", word)',
    ],
)
def test_what_cannot_be_translated_is_seen(call):
    assert list(unfit(f"from django.utils.translation import gettext_lazy as _\n{call}")) == [2]


@pytest.mark.parametrize("call", ['_("%(n)s found") % {"n": n}', '_("one " "string")', 'ngettext("%(n)s day", "%(n)s days", n)'])
def test_what_can_be_translated_passes(call):
    assert list(unfit(f"from django.utils.translation import gettext_lazy as _\n{call}")) == []


def test_only_plain_strings_are_translated():
    sources = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    assert [f"{name(path)}:{line}" for path in sources for line in unfit(path.read_text(encoding="utf-8"))] == []


def test_nameless_placeholders_are_seen():
    assert all(map(NAMELESS.search, ["%s found", "{} found", "{0} found"]))
    assert not any(map(NAMELESS.search, ["%(total)s found", "{count} found", "100 %"]))
    assert placeholders("%(total)s of {count}") == {"%(total)s", "{count}"}
