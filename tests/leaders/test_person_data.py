"""Who leaves takes along what she has done in programmes; what stays says no more of her."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from leaders import actions
from leaders.demo import make_application, make_cohort, make_enrolment, make_mentor
from leaders.models import (
    Answer,
    Application,
    ApplicationFile,
    Assignment,
    Certificate,
    ChangeProject,
    Endorsement,
    Enrolment,
    MentorMeeting,
    Question,
    Story,
    Submission,
)
from leaders.moves import move
from portal import actions as portal_actions
from portal import my_data
from portal.demo import make_person, make_school
from portal.files import store
from portal.models import File, Notice, User

from ..portal.sample_files import make_pdf

pytestmark = pytest.mark.django_db

SAID = "Менің сөзім"


@pytest.fixture
def leaver() -> User:
    """She has applied, studied, changed something in her school, and holds a certificate."""
    leaver = make_person("leaver@example.org", given_name="Жаңыл", family_name="Сапарқызы", school=make_school())
    cohort, now = make_cohort(), timezone.now()
    application = make_application(leaver, cohort, state="draft")
    question = Question.objects.create(cohort=cohort, kind="text", name_kk="Неге?")
    Answer.objects.create(application=application, question=question, text=SAID)
    ApplicationFile.objects.create(application=application, question=question, file=pdf(leaver))
    head = {"head_name": "Директор", "head_email": "head@example.org", "word": SAID, "expires_at": now}
    Endorsement.objects.create(application=application, **head)
    application = actions.submit_application(leaver, application)
    enrolment = make_enrolment(leaver, cohort, application=application)
    make_mentor(enrolment, make_person("mentor@example.org"))
    asked = {"title": "Есеп", "text": "…", "due_at": now, "max_points": 10, "pass_points": 6}
    assignment = Assignment.objects.create(cohort=cohort, **asked)
    Submission.objects.create(assignment=assignment, enrolment=enrolment, text=SAID, html=SAID)
    MentorMeeting.objects.create(enrolment=enrolment, held_on=date.today(), minutes=45, notes=SAID, html=SAID)
    project = ChangeProject.objects.create(enrolment=enrolment, school=enrolment.school, title=SAID, problem=SAID, html=SAID)
    story = Story.objects.create(project=project, title=SAID, text=SAID, html=SAID)
    move(story, "published", actor=leaver, published_at=now)
    words = {"kk": {"name": "Сапарқызы Жаңыл"}}
    Certificate.objects.create(
        version=cohort.version, user=leaver, enrolment=enrolment, number=1, code="abc", snapshot=words, digest="d1", facts={"hours": 240}
    )
    return leaver


def pdf(user: User) -> File:
    return store(ContentFile(make_pdf(), name="хат.pdf"), name="хат.pdf", user=user)


def test_she_takes_along_what_she_has_done(leaver):
    part = next(part for part in my_data.seams.person_data if part.app == "leaders")
    data = part.export(leaver)
    assert data["answers"][0]["text"] == data["submissions"][0]["text"] == data["mentor-meetings"][0]["notes"] == SAID
    assert data["projects"][0]["title"] == data["stories"][0]["title"] == SAID
    assert (data["enrolments"][0]["state"], data["certificates"][0]["code"]) == ("active", "abc")
    assert [file.name for _folder, file in part.files(leaver)] == ["хат.pdf"]


@pytest.mark.parametrize("keep", [True, False])
def test_what_she_wrote_goes_and_her_seat_frees(leaver, keep):
    portal_actions.forget_person(leaver, keep=keep)
    application, enrolment = Application.objects.get(), Enrolment.objects.get()
    assert (application.user, application.state, enrolment.user, enrolment.state) == (None, "withdrawn", None, "withdrawn")
    assert not (Answer.objects.exists() or Endorsement.objects.exists() or ApplicationFile.objects.exists())
    assert (Submission.objects.get().text, MentorMeeting.objects.get().notes, MentorMeeting.objects.get().minutes) == ("", "", 45)


@pytest.mark.parametrize("keep", [True, False])
def test_a_change_in_a_school_stays_only_if_she_leaves_it_to_others(leaver, keep):
    portal_actions.forget_person(leaver, keep=keep)
    project, story = ChangeProject.objects.get(), Story.objects.get()
    assert (project.title, story.text, story.state) == ((SAID, SAID, "published") if keep else ("", "", "withdrawn"))


@pytest.mark.parametrize("keep", [True, False])
def test_a_certificate_is_erased_only_if_she_asks_for_it(leaver, keep):
    portal_actions.forget_person(leaver, keep=keep)
    certificate = Certificate.objects.get()
    assert (certificate.user, certificate.number, certificate.digest) == (None, 1, "d1")
    assert bool(certificate.snapshot) == bool(certificate.facts) == keep == (certificate.erased_at is None)


def test_whom_she_accompanied_waits_for_another_mentor(leaver):
    mentor = User.objects.get(email="mentor@example.org")
    MentorMeeting.objects.update(mentor=mentor, held_on=date.today() - timedelta(days=1))
    enrolment = Enrolment.objects.get()
    actions.give_mentor(None, enrolment, None)
    actions.give_mentor(None, enrolment, mentor)
    assert Notice.objects.filter(data__mentor=mentor.get_full_name()).exists()
    portal_actions.forget_person(mentor, keep=True)
    assert not Notice.objects.filter(data__mentor=mentor.get_full_name()).exists()
    assert not enrolment.mentor_links.current().exists()
    assert enrolment.mentor_meetings.get().notes == SAID
