import sys

from django.core.management.base import BaseCommand

from portal.mail.bounces import take_report


class Command(BaseCommand):
    help = "Read a delivery report (RFC 3464) from standard input, as a mail server pipes it. What is none of ours is left alone."

    def handle(self, **options) -> None:
        for bounce in take_report(sys.stdin.buffer.read()):
            self.stdout.write(f"{bounce.status} {'stops mail to this address' if bounce.permanent else 'counted'}")
