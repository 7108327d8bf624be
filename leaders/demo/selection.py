"""Builders of what stands around an application: questions, stages, the head's word."""

from datetime import timedelta

from django.utils import timezone

from ..models import Application, Cohort, Endorsement, Question, Stage
from ..moves import move
from . import way


def make_question(cohort: Cohort, kind: str = "text", **fields) -> Question:
    names = {"name_kk": "Неге қатысқыңыз келеді?", "name_ru": "Почему вы хотите участвовать?", "name_en": "Why do you want to take part?"}
    return Question.objects.create(**({"cohort": cohort, "kind": kind, "position": cohort.questions.count() + 1, **names} | fields))


def make_stage(cohort: Cohort, kind: str = "review", **fields) -> Stage:
    """Of reviews, by the rubric of the version; a test and an interview have 100 points."""
    names = {
        "test": {"name_kk": "Кәсіби тест", "name_ru": "Профессиональный тест", "name_en": "Professional test"},
        "review": {"name_kk": "Мотивациялық хатты оқу", "name_ru": "Чтение мотивационных писем", "name_en": "Reading the letters"},
        "interview": {"name_kk": "Сұхбат", "name_ru": "Собеседование", "name_en": "Interview"},
    }[kind]
    rubric = cohort.version.rubrics.first() if kind == "review" else None
    highest = sum(criterion.max_points for criterion in rubric.criteria.all()) if rubric else 100
    given = {"cohort": cohort, "kind": kind, "position": cohort.stages.count() + 1, "rubric": rubric, "max_score": highest}
    return Stage.objects.create(**(given | names | fields))


def make_endorsement(application: Application, *, state: str = "given", **fields) -> Endorsement:
    head = {"head_name": "Қасымова Дина", "head_email": "head@example.org", "expires_at": timezone.now() + timedelta(days=14)}
    endorsement = Endorsement.objects.create(**({"application": application} | head | fields))
    for step in way(Endorsement, state):
        move(endorsement, step, actor=None)
    return endorsement
