"""What happens in the cohort of tests/world.py, by the name that tests/addresses.py calls it."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone

from leaders import actions
from leaders.checkin import token_of
from leaders.demo.course import make_meeting
from leaders.demo.work import make_assignment, make_submission
from leaders.models import Cohort, Enrolment
from portal.models import User
from resources.models import Material

from ..portal.sample_files import make_pdf


def make_course(cohort: Cohort, participant: User) -> dict[str, dict]:
    """What its addresses ask for."""
    seat = Enrolment.objects.get(cohort=cohort, user=participant)
    return {"seat": {"pk": seat.pk}, **make_work(cohort, seat), **make_meetings(cohort, seat)}


def make_work(cohort: Cohort, seat: Enrolment) -> dict[str, dict]:
    assignment = make_assignment(cohort)
    row = actions.attach_work(seat.user, assignment, BytesIO(make_pdf()), name="есеп.pdf")
    work = make_submission(seat, assignment)
    return {"assignment": {"pk": assignment.pk}, "work": {"pk": work.pk, "file_pk": row.file_id}}


def make_meetings(cohort: Cohort, seat: Enrolment) -> dict[str, dict]:
    now = timezone.now()
    meeting = make_meeting(cohort, starts_at=now - timedelta(minutes=5))
    reading = actions.put_material(None, cohort, Material.objects.get(title="Бөлшектерді салыстыру"), meeting=meeting)
    return {
        "meeting": {"pk": meeting.pk},
        "reading": {"pk": reading.pk},
        "old-code": {"token": token_of(meeting, now - timedelta(hours=1))},
        "calendar": {"key": actions.renew_calendar(seat.user).key},
    }
