from itertools import chain

from django.core.management.base import BaseCommand

from leaders.checking import broken_lines, unexplained_scores, unexplained_states


class Command(BaseCommand):
    help = "Find states that no act explains, scores that no result explains, and lines of the register of certificates that were changed."

    def handle(self, **options) -> None:
        wrong = 0
        for difference in chain(unexplained_states(), unexplained_scores(), broken_lines()):
            self.stdout.write(f"{difference.kind} {difference.pk}: {difference.field} says {difference.says}, has {difference.has}")
            wrong += 1
        self.stdout.write(f"{wrong} wrong")
