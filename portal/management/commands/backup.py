from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup import Refused, back_up


class Command(BaseCommand):
    help = "Copy the database and all files into an empty folder, with a manifest of hashes. The portal may go on meanwhile."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options) -> None:
        try:
            manifest = back_up(folder)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{len(manifest['files'])} files in {folder}")
