from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup import Refused, restore


class Command(BaseCommand):
    help = "Bring back what `backup` kept, after checking every hash. Web servers and workers must stand still meanwhile."
    # The tables are not there yet.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--force", action="store_true", help="write over a database and files that are there")

    def handle(self, *, folder: Path, force: bool, **options) -> None:
        try:
            manifest = restore(folder, force=force)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{len(manifest['files'])} files of {manifest['made_at']}. If the code is newer, run `manage.py migrate`.")
