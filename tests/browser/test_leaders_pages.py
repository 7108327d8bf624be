"""Every page of the room in both themes, as the people of the demo find it."""

from collections.abc import Iterator

import pytest

from leaders import demo
from leaders.models import Application, Cohort, Enrolment, Meeting, Milestone, Review, ScoreImport, Story, Submission
from portal import demo as portal_demo
from portal.models import User

from .test_care import enter


@pytest.fixture
def cohorts(transactional_db) -> dict[str, Cohort]:
    portal_demo.demo()
    demo.demo()
    return {cohort.state: cohort for cohort in Cohort.objects.all()}


def test_pages_of_the_room_in_both_themes(walk, live_server, cohorts):
    for name, language, width, addresses in readers(cohorts):
        walker = walk(language, width)
        if name != "guest":
            enter(walker, User.objects.get(email_key=f"{name}@example.org"), live_server.url)
        for address in addresses:
            walker.page.emulate_media(color_scheme="light", reduced_motion="reduce")
            walker.open(address)
            walker.see("main h1")
            walker.check(f"{address} as {name}")
            walker.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            walker.glance(f"{address} as {name} (dark)")


def readers(cohorts: dict[str, Cohort]) -> Iterator[tuple]:
    course, selection, over = (f"leaders/{cohorts[state].pk}/" for state in ("running", "selection", "closed"))
    yield "guest", "kk", 360, ["leaders/", f"leaders/{cohorts['open'].pk}/", f"leaders/stories/{Story.objects.get().pk}/", "certificates/"]
    yield "participant", "en", 360, [course, *of_participant(course)]
    yield (
        "waiting",
        "kk",
        360,
        ["start/", "leaders/applications/", f"leaders/enrolments/{seat('waiting').pk}/", of(Application, user=seat("waiting").user)],
    )
    yield (
        "mentor",
        "kk",
        360,
        [
            "start/",
            "leaders/mentoring/",
            "leaders/reviews/",
            f"leaders/enrolments/{seat('participant').pk}/mentoring/new/",
            *waiting_for_mentor(),
        ],
    )
    yield (
        "manager",
        "ru",
        1280,
        [*of_course(course), *of_selection(selection, cohorts["selection"]), f"{over}dashboard/", f"{over}certificates/"],
    )


def seat(name: str) -> Enrolment:
    return Enrolment.objects.get(user__email_key=f"{name}@example.org")


def of(model, **known) -> str:
    return f"leaders/{model._meta.model_name}s/{model.objects.filter(**known).order_by('pk').first().pk}/"


def of_participant(course: str) -> list[str]:
    hers = seat("participant")
    assignments = [f"leaders/assignments/{pk}/" for pk in hers.cohort.assignments.exclude(state="draft").values_list("pk", flat=True)]
    steps = [f"leaders/milestones/{pk}/" for pk in hers.project.milestones.values_list("pk", flat=True)[:2]]
    project = f"leaders/projects/{hers.project.pk}/"
    return [
        *(f"{course}{place}/" for place in ("course", "meetings", "assignments", "progress", "team")),
        *assignments,
        of(Submission, enrolment=hers, state="accepted"),
        project,
        f"{project}story/",
        *steps,
        f"{steps[1]}edit/",
        f"leaders/enrolments/{hers.pk}/mentoring/",
    ]


def waiting_for_mentor() -> list[str]:
    mentor = User.objects.get(email_key="mentor@example.org")
    return [
        of(Milestone, state="submitted", project__enrolment__mentor_links__mentor=mentor),
        of(Review, reviewer=mentor, state="assigned"),
    ]


def of_course(course: str) -> list[str]:
    meeting = of(Meeting, marks__isnull=False, cohort__state="running")
    work = of(Submission, state="handed-in")
    places = (
        "dashboard",
        "meetings",
        "meetings/new",
        "assignments",
        "assignments/new",
        "mentors",
        "team",
        "seats",
        "settings",
        "materials",
    )
    return [
        *(f"{course}{place}/" for place in places),
        *(f"{meeting}{place}" for place in ("", "edit/", "roster/", "sheet/", "qr/")),
        work,
        f"{work}assess/",
        f"leaders/enrolments/{seat('participant').pk}/progress/",
        f"leaders/enrolments/{seat('participant').pk}/manage/",
    ]


def of_selection(selection: str, cohort: Cohort) -> list[str]:
    read = Application.objects.filter(cohort=cohort, reviews__third=True).first()
    stages = {stage.kind: f"leaders/stages/{stage.pk}/" for stage in cohort.stages.all()}
    return [
        *(f"{selection}{place}/" for place in ("applications", "stages", "questions", "words", "seats", "capacity")),
        f"leaders/applications/{read.pk}/",
        f"{stages['review']}reviewers/",
        f"{stages['test']}scores/",
        f"leaders/scores/{ScoreImport.objects.get().pk}/",
    ]
