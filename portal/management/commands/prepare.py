from django.core.management.base import BaseCommand

from portal.help_centre import install_help
from portal.preparation import prepare
from portal.seams import preparations


class Command(BaseCommand):
    help = "Make what a new portal starts with: languages, home pages, sections, the group of editors. May be repeated."

    def handle(self, **options) -> None:
        prepare()
        install_help()
        for make in preparations:
            make()
