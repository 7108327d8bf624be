from itertools import chain

from django.core.management.base import BaseCommand

from leaders.checking import unexplained_scores, unexplained_states


class Command(BaseCommand):
    help = "Find what stands in another state than the one in which its last act left it, and scores that no result explains."

    def handle(self, **options) -> None:
        wrong = 0
        for difference in chain(unexplained_states(), unexplained_scores()):
            self.stdout.write(f"{difference.kind} {difference.pk}: {difference.field} says {difference.says}, has {difference.has}")
            wrong += 1
        self.stdout.write(f"{wrong} wrong")
