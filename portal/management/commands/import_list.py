from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.actions import import_list
from portal.imports.difference import Difference
from portal.seams import importers


class Command(BaseCommand):
    help = "Take in a list from a file, CSV or .xlsx. Lines with faults are left out, nothing is ever removed."

    def add_arguments(self, parser):
        parser.add_argument("list", choices=sorted(importers))
        self.add_file(parser)

    def add_file(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, write nothing")

    def handle(self, *, list, file, dry_run, **options):
        try:
            difference = import_list(list, file.read_bytes(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.tell(difference, whole=dry_run)
        if dry_run:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        elif not difference.writes:
            self.stdout.write(_("Nothing has changed."))
        if difference.faults:
            raise CommandError(_("Bad lines were left out."))

    def tell(self, difference: Difference, *, whole: bool) -> None:
        if whole:
            for change in difference.added:
                self.stdout.write(f"+ {change.code} {change.name}")
            for change in difference.changed:
                for column, (old, new) in change.fields.items():
                    self.stdout.write(f"~ {change.code} {column}: {old} → {new}")
            for change in difference.missing:
                self.stdout.write(f"? {change.code} {change.name}")
        for fault in difference.faults:
            self.stderr.write(_("line %(number)s: %(reason)s") % {"number": fault.number, "reason": fault.reason})
        counted = _("new: %(added)s, changed: %(changed)s, unchanged: %(unchanged)s, missing from the file: %(missing)s, bad: %(faults)s")
        self.stdout.write(counted % difference.numbers())
