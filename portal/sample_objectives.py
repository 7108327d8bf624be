"""Learning objectives for the demo. Their texts are made up and say so; official ones are entered in the CMS."""

from pathlib import Path

from django.db import transaction

from . import actions, vocabulary_data
from .models import Curriculum, Objective, Subject

FILE = Path(__file__).parent / "data" / "sample_objectives.csv"
NAMES = {"name_kk": "Үлгі оқу бағдарламасы", "name_ru": "Образец учебной программы", "name_en": "Sample curriculum"}
FIRST_YEAR = 2026


@transaction.atomic
def load_sample_objectives() -> int:
    """Add those that are missing; returns how many."""
    curriculum = Curriculum.objects.filter(code="sample").first()
    if not curriculum:
        curriculum = Curriculum(code="sample", first_year=FIRST_YEAR, **NAMES)
        actions.put_vocabulary(curriculum)
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    known = set(curriculum.objectives.values_list("subject__code", "code"))
    missing = [line for line in vocabulary_data.read(FILE) if (line["subject"], line["code"]) not in known]
    for line in missing:
        actions.put_objective(
            Objective(
                curriculum=curriculum,
                subject=subjects[line["subject"]],
                grade_id=int(line["grade"]),
                is_sample=True,
                **{name: line[name] for name in ("code", "text_kk", "text_ru")},
            )
        )
    return len(missing)
