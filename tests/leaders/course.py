"""What happens in the cohort of tests/world.py, by the name that tests/addresses.py calls it."""

from io import BytesIO

from leaders import actions
from leaders.demo.work import make_assignment, make_submission
from leaders.models import Cohort, Enrolment
from portal.models import User

from ..portal.sample_files import make_pdf


def make_course(cohort: Cohort, participant: User) -> dict[str, dict]:
    """What its addresses ask for."""
    seat = Enrolment.objects.get(cohort=cohort, user=participant)
    return {"seat": {"pk": seat.pk}, **make_work(cohort, seat)}


def make_work(cohort: Cohort, seat: Enrolment) -> dict[str, dict]:
    assignment = make_assignment(cohort)
    row = actions.attach_work(seat.user, assignment, BytesIO(make_pdf()), name="есеп.pdf")
    work = make_submission(seat, assignment)
    return {"assignment": {"pk": assignment.pk}, "work": {"pk": work.pk, "file_pk": row.file_id}}
