import gettext

import pytest
from django.core.management import CommandError, call_command

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def catalogue(settings, tmp_path):
    """Writes the only catalogue of an otherwise empty project."""
    settings.BASE_DIR = tmp_path
    source = tmp_path / "community" / "locale" / "kk" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)

    def write(entries):
        source.write_text(HEADER + entries, encoding="utf-8")
        return source

    return write


def test_a_catalogue_is_compiled_beside_its_source(catalogue):
    source = catalogue('msgid "an hour"\nmsgid_plural "%(n)s hours"\nmsgstr[0] "бір сағат"\nmsgstr[1] "%(n)s сағат"\n')
    call_command("compile_catalogues")
    with source.with_suffix(".mo").open("rb") as compiled:
        words = gettext.GNUTranslations(compiled)
    assert words.ngettext("an hour", "%(n)s hours", 5) == "%(n)s сағат"


def test_what_has_not_changed_is_left_alone(catalogue):
    compiled = catalogue('msgid "Save"\nmsgstr "Сақтау"\n').with_suffix(".mo")
    call_command("compile_catalogues")
    before = compiled.stat().st_mtime_ns
    call_command("compile_catalogues")
    assert compiled.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ('#, fuzzy\nmsgid "Save"\nmsgstr "Сақтау"\n', "fuzzy"),
        ('msgid "Hello, %(name)s"\nmsgstr "Сәлеметсіз бе, %(nam)s"\n', "placeholders differ"),
        ('msgid "Key {number}"\nmsgstr "Кілт"\n', "placeholders differ"),
        ('msgid "an hour"\nmsgid_plural "%(n)s hours"\nmsgstr[0] "бір сағат"\nmsgstr[1] "%(m)s сағат"\n', "placeholders differ"),
    ],
)
def test_a_fault_stops_the_catalogue_and_names_the_place(catalogue, entries, fault):
    source = catalogue(entries)
    with pytest.raises(CommandError, match=rf"community/locale/kk/LC_MESSAGES/django.po:\d+: {fault}"):
        call_command("compile_catalogues")
    assert not source.with_suffix(".mo").exists()
