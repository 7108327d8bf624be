from django.core.management.base import BaseCommand, CommandError

from portal.models import User
from portal.preparation import prepare

from ...seeding import SHARES, numbers_for, seed


class Command(BaseCommand):
    help = "Fill an empty database with invented rows in bulk. For measuring: only the settings `tools.bench.settings` know this command."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--materials", type=int, default=100_000)
        for name in SHARES.keys() - {"materials"}:
            parser.add_argument(f"--{name}", type=int, help="as many as belong to the materials, unless told otherwise")

    def handle(self, **options) -> None:
        prepare()
        if User.objects.exists():
            raise CommandError("There are people in this database already: it is not one for measuring.")
        numbers = numbers_for(options["materials"])
        seed(numbers | {name: options[name] for name in SHARES if options[name]}, self.stdout.write)
