from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.school_import import COLUMNS, import_schools


class Command(BaseCommand):
    help = f"Take in schools from a CSV file in UTF-8 with the columns {', '.join(COLUMNS)}."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, write nothing")

    def handle(self, *, file, dry_run, **options):
        try:
            report = import_schools(file.read_bytes(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(error.message) from error
        for line in report.bad:
            self.stderr.write(_("line %(number)s: %(reason)s") % {"number": line.number, "reason": line.reason})
        counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged, "bad": len(report.bad)}
        self.stdout.write(_("new: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s, bad: %(bad)s") % counts)
        if dry_run:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        elif not report.new and not report.changed:
            self.stdout.write(_("Nothing has changed."))
        if report.bad:
            raise CommandError(_("Bad lines were left out."))
