from pathlib import Path

import polib
from django.conf import settings
from django.core.management.commands import makemessages

ROOMS = ("search", "portal", "community", "resources", "leaders")
HEADER = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}


class Command(makemessages.Command):
    help = "Bring every app's catalogues in line with its strings. Needs xgettext; strings of other packages stay as they are."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        for room in ROOMS:
            if any((settings.BASE_DIR / room).glob("**/*.html")) or any((settings.BASE_DIR / room).glob("*/*.py")):
                (settings.BASE_DIR / room / "locale").mkdir(exist_ok=True)
        ignored = ["tests/*", "var/*", "tools/*", "*/migrations/*", "*/demo_content/*"]
        super().handle(**options | {"locale": list(HEADER), "ignore_patterns": ignored, "add_location": "file", "no_wrap": True})

    def write_po_file(self, potfile: str, locale: str) -> None:
        target = Path(potfile).parent / locale / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        collected = polib.pofile(potfile)
        catalogue = polib.pofile(str(target), wrapwidth=0) if target.exists() else new_catalogue(locale)
        merge(catalogue, collected)
        if len(catalogue):
            catalogue.save(str(target))


def new_catalogue(locale: str) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "portal",
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": HEADER[locale],
    }
    return catalogue


def merge(catalogue: polib.POFile, collected: polib.POFile) -> None:
    """Add what is new, drop what no file says any more. An entry without a place belongs to another package and stays."""
    wanted = {(entry.msgctxt, entry.msgid): entry for entry in collected}
    for entry in [entry for entry in catalogue if entry.occurrences and (entry.msgctxt, entry.msgid) not in wanted]:
        catalogue.remove(entry)
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for key, entry in wanted.items():
        if key not in known:
            catalogue.append(entry)
        elif known[key].occurrences:
            known[key].occurrences = entry.occurrences
            known[key].flags = entry.flags
            known[key].msgid_plural = entry.msgid_plural
