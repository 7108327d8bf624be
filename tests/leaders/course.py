"""What happens in the cohort of tests/world.py, by the name that tests/addresses.py calls it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone

from leaders import actions
from leaders.actions.certificates import print_certificate
from leaders.checkin import token_of
from leaders.codes import LENGTH
from leaders.demo import make_cohort, make_cohort_role
from leaders.demo.certificates import make_certificate, make_passed, make_short_version
from leaders.demo.change import make_mentor_meeting, make_milestone, make_project, make_story
from leaders.demo.course import make_meeting
from leaders.demo.work import make_assignment, make_submission
from leaders.models import Cohort, Enrolment
from portal.models import User
from resources.models import Material

from ..portal.sample_files import make_pdf


def make_course(cohort: Cohort, participant: User) -> dict[str, dict]:
    """What its addresses ask for."""
    seat = Enrolment.objects.get(cohort=cohort, user=participant)
    work = make_work(cohort, seat)
    return {"seat": {"pk": seat.pk}, **work, **make_change(cohort, seat), **make_meetings(cohort, seat)}


def make_certified(manager: User, holder: User, other: User) -> dict[str, dict]:
    """A cohort in which one has a certificate and the other has not, while certificates are issued to all."""
    programme = Cohort.objects.order_by("pk").first().version.programme
    cohort = make_cohort(make_short_version(programme), state="assessment", manager=manager)
    certificate = make_certificate(holder, cohort)
    print_certificate(certificate)
    seat = make_passed(other, cohort, passed=False)
    return {
        "certificate": {"pk": certificate.pk, "code": certificate.code},
        "no-certificate": {"code": "0" * LENGTH},
        "certified-cohort": {"pk": cohort.pk},
        "certified-seat": {"pk": seat.pk},
        "issue-run": {"pk": actions.start_issue(manager, cohort).pk},
    }


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


def make_change(cohort: Cohort, seat: Enrolment) -> dict[str, dict]:
    """Whoever manages the cohort is the mentor too; one project is told."""
    manager = cohort.roles.current().get(name="manager").user
    make_cohort_role(cohort, manager, "mentor")
    actions.give_mentor(manager, seat, manager)
    meeting = make_mentor_meeting(manager, seat, "Екі сабақ бақылау")
    project = make_project(seat)
    indicator = project.indicators.get()
    result = actions.put_result(seat.user, indicator, value=Decimal(40), source="Бақылау", on=timezone.localdate())
    milestone = make_milestone(project, state="planned")
    evidence = actions.add_evidence(seat.user, milestone, BytesIO(make_pdf()), name="дәлел.pdf", faces="none")
    story = make_story(project)
    return {
        "mentor-meeting": {"pk": meeting.pk},
        "agreement": {"pk": meeting.agreements.get().pk},
        "project": {"pk": project.pk, "user_pk": seat.user_id},
        "indicator": {"pk": indicator.pk},
        "result": {"pk": result.pk},
        "milestone": {"pk": milestone.pk},
        "evidence": {"pk": evidence.pk},
        "story": {"pk": story.pk, "source": "stories"},
    }
