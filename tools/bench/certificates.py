"""How long the certificates of a large cohort take, from the press of the button to the last sheet."""

import time

from leaders.actions import go_on_issuing, start_issue
from leaders.demo import make_cohort
from leaders.demo.certificates import make_many_passed, make_short_version
from leaders.models import Certificate


def measure_certificates(number: int) -> float:
    """Seconds, in one process: as a worker does it."""
    cohort = make_cohort(make_short_version(), state="assessment", capacity=number)
    make_many_passed(cohort, number)
    run = start_issue(None, cohort)
    began = time.perf_counter()
    go_on_issuing.call(run.pk)
    took = time.perf_counter() - began
    if Certificate.objects.filter(enrolment__cohort=cohort).exclude(pdf="").count() != number:
        raise ValueError("Not everybody has a certificate.")
    return took
