"""How people of the demo come into a cohort: what they are asked and answer, how they are read and decided on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import cycle

from django.db.models import F
from django.utils import timezone

from portal.models import User

from .. import actions
from ..models import Application, Cohort, Endorsement, Question, Review, Stage
from . import make_application
from .selection import make_endorsement, make_question, make_stage
from .told import Voices, ideas, read

CHOICES = ("enough", "more", "enough", "enough", "less")
STAGES = (("test", -26, -24), ("review", -20, 2), ("interview", -6, 8))
PASS_TEST, PASS_REVIEW, PASS_INTERVIEW = 60, 15, 50


def put_questions(cohort: Cohort) -> list[Question]:
    return [make_question(cohort, **line) for line in read("selection")["question"]]


def put_stages(cohort: Cohort, *, shift: int = 0) -> dict[str, Stage]:
    """Their days are counted from today, or from a day as many days away."""
    today, passing = timezone.localdate(), {"test": PASS_TEST, "review": PASS_REVIEW, "interview": PASS_INTERVIEW}
    stages = {}
    for kind, begins, ends in STAGES:
        days = {"opens_on": today + timedelta(days=begins + shift), "closes_on": today + timedelta(days=ends + shift)}
        rubric = {"rubric": cohort.version.rubrics.get(code="motivation"), "max_score": 25} if kind == "review" else {}
        stages[kind] = make_stage(cohort, kind, pass_score=passing[kind], **days, **rubric)
    return stages


class Applying:
    """To one cohort: everybody has another idea and has tried something else."""

    def __init__(self, cohort: Cohort):
        self.cohort, self.questions = cohort, list(cohort.questions.all())
        self.ideas, self.tried = Voices(ideas()), Voices(read("selection")["tried"])
        self.hours = cycle(CHOICES)
        self.heads, self.words = cycle(read("selection")["heads"]["names"]), cycle(read("selection")["heads"]["given"])

    def draft(self, user: User, *, parts: int = 3) -> Application:
        """With answers to that many questions."""
        application = make_application(user, self.cohort, state="draft")
        said = [self.ideas.next(user)["problem"], self.tried.next(user), next(self.hours)]
        answers = {question.pk: text for question, text in zip(self.questions, said[:parts], strict=False)}
        actions.save_answers(user, application, answers, language=user.interface_language)
        return application

    def send(self, user: User) -> Application:
        """The head has been asked where heads are asked."""
        application = self.draft(user)
        if self.cohort.needs_endorsement:
            self.ask(application)
        return actions.submit_application(user, application)

    def ask(self, application: Application, state: str = "asked") -> Endorsement:
        name = next(self.heads)
        address, language = f"mektep-{application.pk}@example.org", "ru" if application.language == "ru" else "kk"
        return make_endorsement(application, state=state, head_name=name, head_email=address, language=language)

    def answer(self, applications: Iterable[Application]) -> None:
        """The heads have read their letters."""
        for endorsement in Endorsement.objects.filter(application__in=applications, state=Endorsement.State.ASKED):
            actions.answer_endorsement(endorsement, given=True, word=next(self.words))


def spread(applications: list[Application], first: datetime, last: datetime) -> None:
    """Sent one after the other between two days."""
    step = (last - first) / max(len(applications), 1)
    for number, application in enumerate(applications):
        moment = first + step * number
        Application.objects.filter(pk=application.pk).update(started_at=moment - timedelta(days=1), submitted_at=moment, consent_at=moment)
        Endorsement.objects.filter(application=application).update(asked_at=moment - timedelta(hours=3))
    asked = Endorsement.objects.filter(application__in=[application.pk for application in applications])
    asked.exclude(answered_at=None).update(answered_at=F("asked_at") + timedelta(days=2))


class Reading:
    """What reviewers note; the same words come again after a while."""

    def __init__(self):
        self.notes = Voices(read("selection")["notes"])

    def hand_in(self, review: Review, *points: int) -> None:
        """By criterion."""
        criteria = review.stage.rubric.criteria.all()
        given = {criterion.pk: number for criterion, number in zip(criteria, points, strict=True)}
        actions.hand_in_review(review.reviewer, review, points=given, note=self.notes.next(review.application.user))
        moment = timezone.now() - timedelta(days=3 + review.pk % 6, hours=review.pk % 9)
        Review.objects.filter(pk=review.pk).update(handed_in_at=moment)
