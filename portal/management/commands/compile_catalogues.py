import re
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdrf]|\{\w*\}")


class Command(BaseCommand):
    help = "Compile the project's translation catalogues; needs no gettext programs."
    requires_system_checks = []

    def handle(self, *args, **options):
        faults = []
        for source in sorted(settings.BASE_DIR.glob("*/locale/*/LC_MESSAGES/*.po")):
            if is_compiled(source):
                continue
            catalogue = polib.pofile(str(source))
            found = [f"{source.relative_to(settings.BASE_DIR)}:{entry.linenum}: {fault}" for entry, fault in faults_of(catalogue)]
            if not found:
                catalogue.save_as_mofile(str(source.with_suffix(".mo")))
            faults += found
        if faults:
            raise CommandError("\n".join(["Not compiled:", *faults]))


def is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def faults_of(catalogue: polib.POFile):
    for entry in catalogue:
        if entry.obsolete:
            continue
        if entry.fuzzy:
            yield entry, "fuzzy: check the translation and remove the flag"
        elif entry.translated() and not keeps_placeholders(entry):
            yield entry, f"placeholders differ from those of {entry.msgid!r}"


def keeps_placeholders(entry: polib.POEntry) -> bool:
    """A plural form may keep the placeholders of either source form: "an hour ago" names no number, "2 hours ago" does."""
    sources = [placeholders(text) for text in (entry.msgid, entry.msgid_plural) if text]
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(placeholders(form) in sources for form in forms)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
