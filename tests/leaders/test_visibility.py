"""Who sees what, by role: one row for each model, one column for each reader."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

import leaders
from leaders.demo import make_application, make_cohort, make_cohort_role, make_enrolment, make_mentor, make_version
from leaders.models import (
    Application,
    Assessment,
    Assignment,
    AttendanceMark,
    Certificate,
    ChangeProject,
    Cohort,
    CohortRole,
    Enrolment,
    Meeting,
    MentorMeeting,
    Milestone,
    Programme,
    ProgrammeVersion,
    Review,
    Stage,
    StageResult,
    Story,
    Submission,
)
from leaders.moves import move
from portal.demo import make_administrator, make_person, make_school
from portal.models import User

pytestmark = pytest.mark.django_db

READERS = "guest stranger applicant participant manager trainer mentor examiner observer administrator"
TABLE = f"""
model             {READERS}
Cohort            yes yes yes yes yes yes yes yes yes yes
CohortRole        no  no  no  yes yes yes yes yes yes yes
Application       no  no  yes no  yes no  no  yes yes no
StageResult       no  no  no  no  yes no  no  no  yes no
Review            no  no  no  no  no  no  no  yes no  no
Enrolment         no  no  no  yes yes yes yes yes yes no
Meeting           no  no  no  yes yes yes yes yes yes no
AttendanceMark    no  no  no  yes yes yes yes yes yes no
Assignment        no  no  no  yes yes yes yes yes yes no
Submission        no  no  no  yes yes yes yes yes no  no
Assessment        no  no  no  no  yes no  no  yes no  no
ChangeProject     no  no  no  yes yes yes yes yes no  no
Milestone         no  no  no  yes yes yes yes yes no  no
MentorMeeting     no  no  no  yes no  no  yes no  no  no
Story             no  no  no  yes yes yes yes yes no  no
Certificate       no  no  no  yes yes no  no  no  no  yes
"""
LINES = [line.split() for line in TABLE.strip().splitlines()[1:]]
MODELS = {
    model.__name__: model
    for model in (
        Application, Assessment, Assignment, AttendanceMark, Certificate, ChangeProject, Cohort, CohortRole, Enrolment, Meeting,
        MentorMeeting, Milestone, Review, StageResult, Story, Submission,
    )
}  # fmt: skip


# Whether somebody assesses a work already is told to whoever would
BY_THEIR_OWN_RULE = {"Assessment", "CalendarFeed", "ProgrammePage"}
UNGUARDED = re.compile(r"\b([A-Z]\w+)\.objects\.(?:filter|get|all|exclude|order_by|select_related|in_bulk)\(")


def test_views_begin_with_a_word_that_says_for_whom():
    """Never with a bare condition: the rule of a model stands in its queryset alone."""
    views = list(Path(leaders.__file__).parent.glob("views/*.py"))
    own = {model.__name__ for model in apps.get_app_config("leaders").get_models()} - BY_THEIR_OWN_RULE
    found = [f"{path.name}: {name}" for path in views for name in UNGUARDED.findall(path.read_text("utf-8")) if name in own]
    assert views and found == []


@pytest.fixture
def people() -> dict[str, User | AnonymousUser]:
    """One of each; the participant has a little of everything, and somebody has applied."""
    school = make_school()
    names = [name for name in READERS.split() if name not in ("guest", "administrator")]
    people = {name: make_person(f"{name}@example.org", school=school) for name in names}
    cohort = make_cohort(manager=people["manager"])
    for name in ("trainer", "examiner", "observer"):
        make_cohort_role(cohort, people[name], name)
    apply(people["applicant"], people["examiner"], cohort)
    study(people, cohort)
    return people | {"guest": AnonymousUser(), "administrator": make_administrator()}


def apply(applicant: User, examiner: User, cohort: Cohort) -> Application:
    rubric = cohort.version.rubrics.get()
    stage = Stage.objects.create(cohort=cohort, position=1, kind="review", name_kk="Іріктеу", rubric=rubric, max_score=10)
    application = make_application(applicant, cohort, state="selection", stage=stage)
    StageResult.objects.create(application=application, stage=stage, score=7, source="entry")
    Review.objects.create(application=application, stage=stage, reviewer=examiner)
    return application


def study(people: dict[str, User], cohort: Cohort) -> Enrolment:
    participant, now = people["participant"], timezone.now()
    enrolment = make_enrolment(participant, cohort)
    make_mentor(enrolment, people["mentor"])
    meeting = Meeting.objects.create(
        cohort=cohort, title="Ашылу", starts_at=now, ends_at=now + timedelta(hours=2), trainer=people["trainer"]
    )
    AttendanceMark.objects.create(meeting=meeting, enrolment=enrolment, mark="present", source="roster")
    asked = {"title": "Есеп", "text": "Жазыңыз", "due_at": now, "max_points": 10, "pass_points": 6}
    assignment = Assignment.objects.create(cohort=cohort, **asked)
    move(assignment, "published", actor=None)
    submission = Submission.objects.create(assignment=assignment, enrolment=enrolment, text="Менің есебім")
    move(submission, "handed-in", actor=participant, handed_in_at=now)
    Assessment.objects.create(submission=submission, by=people["examiner"], points=8)
    MentorMeeting.objects.create(enrolment=enrolment, mentor=people["mentor"], held_on=date.today(), minutes=45)
    project = ChangeProject.objects.create(enrolment=enrolment, school=enrolment.school, title="Оқу сағаты")
    Milestone.objects.create(project=project, title="Бастапқы өлшем")
    Story.objects.create(project=project, title="Оқу сағаты", text="…", html="…")
    Certificate.objects.create(version=cohort.version, user=participant, enrolment=enrolment, number=1, code="x", snapshot={}, digest="")
    return enrolment


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_each_sees_what_is_theirs(people, line):
    rows = MODELS[line[0]].objects
    assert rows.exists()
    seen = ["yes" if rows.visible_to(people[name]).exists() else "no" for name in READERS.split()]
    assert dict(zip(READERS.split(), seen, strict=True)) == dict(zip(READERS.split(), line[1:], strict=True))


def test_roles_on_another_cohort_open_nothing(people):
    other = make_cohort(make_version())
    stranger = people["stranger"]
    for name in CohortRole.Name.values:
        make_cohort_role(other, stranger, name)
    closed = [
        name
        for name, model in MODELS.items()
        if name != "Cohort" and model.objects.visible_to(stranger).exclude(**of(name, other)).exists()
    ]
    assert closed == []


def of(name: str, cohort: Cohort) -> dict:
    return {"cohort": cohort} if name == "CohortRole" else {"pk": 0}


def test_a_role_that_ended_opens_nothing(people):
    CohortRole.objects.exclude(name="manager").update(until=timezone.now())
    for name in ("trainer", "mentor", "examiner", "observer"):
        left = [key for key, model in MODELS.items() if key != "Cohort" and model.objects.visible_to(people[name]).exists()]
        assert left == [], name


def test_a_draft_and_what_it_stands_on_are_for_those_who_prepare_it(people):
    draft = make_cohort(make_version(frozen=False), state="draft")
    manager, administrator, stranger = people["manager"], people["administrator"], people["stranger"]
    make_cohort_role(draft, manager)
    for model, row in ((Cohort, draft), (ProgrammeVersion, draft.version)):
        seen = [model.objects.visible_to(user).filter(pk=row.pk).exists() for user in (manager, administrator, stranger)]
        assert seen == [True, True, False]
    assert Programme.objects.visible_to(AnonymousUser()).count() == 1


def test_an_application_that_is_not_sent_is_its_writers_alone(people):
    cohort = Cohort.objects.get()
    draft = make_application(people["stranger"], cohort, state="draft")
    readers = [name for name, user in people.items() if Application.objects.visible_to(user).filter(pk=draft.pk).exists()]
    assert readers == ["stranger"]
    assert Application.objects.editable_by(people["stranger"]).get() == draft


def test_reviews_are_sealed_until_both_are_in(people):
    application = Application.objects.get()
    examiner, second = people["examiner"], make_person("second@example.org")
    make_cohort_role(application.cohort, second, "examiner")
    first = Review.objects.get()
    other = Review.objects.create(application=application, stage=first.stage, reviewer=second)

    def seen(user: User) -> set[int]:
        return set(Review.objects.visible_to(user).values_list("pk", flat=True))

    move(first, "handed-in", actor=examiner, total=7)
    assert (seen(examiner), seen(second), seen(people["manager"])) == ({first.pk}, {other.pk}, set())
    move(other, "handed-in", actor=second, total=2)
    both = {first.pk, other.pk}
    assert (seen(examiner), seen(second), seen(people["manager"])) == (both, both, both)
    third = make_person("third@example.org")
    make_cohort_role(application.cohort, third, "examiner")
    called = Review.objects.create(application=application, stage=first.stage, reviewer=third, third=True)
    assert (seen(third), seen(examiner), seen(people["manager"])) == ({called.pk}, {first.pk}, both)


def test_a_mentor_sees_her_own_people_only(people):
    enrolment = Enrolment.objects.get()
    other = make_enrolment(make_person("other@example.org", school=enrolment.school), enrolment.cohort)
    assert set(Enrolment.objects.visible_to(people["mentor"])) == {enrolment}
    assert set(Enrolment.objects.visible_to(people["trainer"])) == {enrolment, other}
    waiting = make_enrolment(make_person("waiting@example.org"), enrolment.cohort, state="waiting")
    assert waiting not in Enrolment.objects.visible_to(people["trainer"])
    assert waiting in Enrolment.objects.visible_to(people["observer"])


def test_a_story_is_for_everybody_once_it_is_told(people):
    move(Story.objects.get(), "published", actor=None, published_at=timezone.now())
    assert Story.objects.visible_to(people["guest"]).exists()
    assert not ChangeProject.objects.visible_to(people["guest"]).exists()


def test_feedback_is_read_once_it_is_released(people):
    move(Assessment.objects.get(), "released", actor=people["examiner"], released_at=timezone.now())
    readers = [name for name in READERS.split() if Assessment.objects.visible_to(people[name]).exists()]
    assert readers == ["participant", "manager", "trainer", "mentor", "examiner"]
