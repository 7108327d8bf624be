"""A cohort of the demo in the middle of its selection: somebody stands at every place of the road."""

from datetime import timedelta

from django.utils import timezone

from portal.models import Region, User

from .. import actions, search
from ..models import Application, Cohort, Endorsement, Enrolment, ProgrammeVersion, Review, Stage
from . import make_cohort, make_cohort_role
from .applying import Applying, Reading, put_questions, put_stages, spread
from .told import invent_people, read

NAMES = {"name_kk": "№ 3 лек, Алматы облысы", "name_ru": "Поток № 3, Алматинская область", "name_en": "Cohort 3, Almaty Region"}
KNOWN = ("dina", "timur", "andrey", "sevil", "serik", "aigerim", "meruert", "saule", "member")
EXAMINERS = ("mentor", "marat", "daulet", "viktor")
# Of the sixty, by their place: who sent in time, who has a score of the test, who passed it, whose letter was read by both, who was
# invited to the interview, who has been there
IN_TIME, TESTED, PASSED, READ, INVITED, HEARD = 52, 46, 38, 28, 24, 20
LATE, WITHDRAWN, ENDORSED = 56, 50, 36
CAPACITY, ACCEPTED, RESERVE = 10, 15, 3
SEALED, DIFFERING, CONFLICT = range(31, 35), range(35, 37), 37
TAKEN_BY, DECLINED_BY = 6, 7


def put(version: ProgrammeVersion, cast: dict[str, User]) -> None:
    manager, today = cast["manager"], timezone.localdate()
    dates = {"starts_on": today + timedelta(days=24), "ends_on": today + timedelta(days=122)}
    told = {
        "region": Region.objects.get(code="19"),
        "place": "Қонаев қаласы",
        "capacity": CAPACITY,
        "languages": ["kk", "ru"],
        "format": Cohort.Format.BOTH,
    }
    cohort = make_cohort(version, state="published", needs_endorsement=True, review_gap=5, **NAMES, **dates, **told)
    make_cohort_role(cohort, manager)
    for key in EXAMINERS:
        make_cohort_role(cohort, cast[key], "examiner")
    make_cohort_role(cohort, cast["elena"], "observer")
    put_questions(cohort)
    stages = put_stages(cohort)
    for outcome, texts in read("selection")["words"].items():
        actions.put_words(manager, cohort, outcome, **texts)
    applications = take_applications(cohort, manager, sixty(cast))
    read_tests(manager, stages["test"], applications)
    read_letters(manager, stages["review"], applications)
    hear(manager, stages["interview"], applications)
    decide(manager, cohort, applications)
    give_seats(cohort)
    cohort.roles.update(since=timezone.now() - timedelta(days=60))


def sixty(cast: dict[str, User]) -> list[User]:
    """Those whom other rooms know stand among those who are known here alone."""
    people = [cast["waiting"], *invent_people("selection")]
    for number, key in enumerate(KNOWN):
        people.insert(2 + number * 6, cast[key])
    return people


def take_applications(cohort: Cohort, manager: User, people: list[User]) -> list[Application]:
    """Four came after the first closing day, which was moved for them; four never sent what they had begun."""
    now, applying = timezone.now(), Applying(cohort)
    actions.move_cohort(manager, cohort, Cohort.State.OPEN)
    applying.cohort = Cohort.objects.get(pk=cohort.pk)
    for parts, user in enumerate(people[LATE:]):
        applying.draft(user, parts=parts)
    sent = [applying.send(user) for user in people[:IN_TIME]]
    for application in sent[WITHDRAWN:]:
        actions.withdraw_application(application.user, application)
    actions.move_cohort(manager, cohort, Cohort.State.SELECTION)
    actions.lead_on(manager, cohort.stages.get(kind=Stage.Kind.TEST))
    actions.move_cohort(manager, cohort, Cohort.State.OPEN)
    late = [applying.send(user) for user in people[IN_TIME:LATE]]
    actions.move_cohort(manager, cohort, Cohort.State.SELECTION)
    answer_for_heads(applying, sent)
    spread(sent, now - timedelta(days=50), now - timedelta(days=31))
    spread(late, now - timedelta(days=29), now - timedelta(days=28))
    Cohort.objects.filter(pk=cohort.pk).update(opens_at=now - timedelta(days=51), closes_at=now - timedelta(days=27))
    search.index_cohorts([cohort.pk])
    return sent


def answer_for_heads(applying: Applying, sent: list[Application]) -> None:
    """Most endorse; one refuses, one has let the days pass, some have not read their letter yet."""
    refused, forgotten = (Endorsement.objects.get(application=sent[number]) for number in (SEALED[0], SEALED[1]))
    actions.answer_endorsement(refused, given=False, word=read("selection")["heads"]["refused"])
    Endorsement.objects.filter(pk=forgotten.pk).update(expires_at=timezone.now())
    actions.expire_endorsements()
    applying.answer(sent[:ENDORSED])


def read_tests(manager: User, stage: Stage, applications: list[Application]) -> None:
    """As the list comes from the hall. Some were ill that day."""
    lines = [f"{application.pk},{test_score(number)}" for number, application in enumerate(applications[:TESTED])]
    scores = actions.read_scores(manager, stage, name="тест-нәтижесі.csv", data="\n".join(["application,score", *lines]).encode())
    actions.write_scores(manager, scores)


def test_score(number: int) -> int:
    return 60 + number * 17 % 38 if number < PASSED else 31 + number * 7 % 27


def read_letters(manager: User, stage: Stage, applications: list[Application]) -> None:
    actions.lead_on(manager, stage)
    actions.assign_reviewers(manager, stage)
    reading = Reading()
    for number, application in enumerate(applications[:PASSED]):
        first, second = Review.objects.filter(application=application).select_related("application__user", "stage__rubric", "reviewer")
        if number < READ:
            points = (7 + number % 4, 6 + number % 3, 3 + number % 3) if number < INVITED else (5, 4, 2)
            reading.hand_in(first, *points)
            reading.hand_in(second, points[0] - 1, *points[1:])
        elif number in SEALED:
            reading.hand_in(first, 8, 7, 3)
        elif number in DIFFERING:
            reading.hand_in(first, 9, 8, 4)
            reading.hand_in(second, 5, 5, 2)
        elif number == CONFLICT:
            actions.declare_conflict(first.reviewer, first, reason="Бұрын бір мектепте жұмыс істегенбіз.")


def hear(manager: User, stage: Stage, applications: list[Application]) -> None:
    """Whoever comes first here waits for a seat in the end."""
    actions.lead_on(manager, stage)
    for number, application in enumerate(applications[:HEARD]):
        actions.put_score(manager, application, 96 - 2 * number if number else 71)


def decide(manager: User, cohort: Cohort, applications: list[Application]) -> None:
    ranked = sorted(applications[:HEARD], key=lambda application: -Application.objects.get(pk=application.pk).score)
    reasons = read("selection")["reasons"]
    for some, outcome, reason in (
        (applications[PASSED:TESTED], "declined", reasons["test"]),
        (applications[INVITED:READ], "declined", reasons["letter"]),
        (ranked[ACCEPTED + RESERVE :], "declined", reasons["interview"]),
        (ranked[ACCEPTED : ACCEPTED + RESERVE], "reserve", ""),
        (ranked[:ACCEPTED], "accepted", reasons["best"]),
    ):
        found = Application.objects.filter(pk__in=[application.pk for application in some])
        actions.decide(manager, cohort, found, outcome, reason=reason)
        found.update(decided_at=timezone.now() - timedelta(days=2))


def give_seats(cohort: Cohort) -> None:
    """Some have taken theirs, one has declined it, and so the first of those who waited has an offer."""
    offered = Enrolment.objects.filter(cohort=cohort, state=Enrolment.State.OFFERED).by_score().select_related("user", "cohort")
    for number, enrolment in enumerate(offered[: TAKEN_BY + 1], 1):
        (actions.decline_offer if number == DECLINED_BY else actions.accept_offer)(enrolment.user, enrolment)
