"""What a lesson file says about itself: title, language, kind, subject and grade. Empty fields only, always for the teacher to confirm."""

import re

from portal.files import guess_facts
from portal.models import File, Grade, Subject
from search.analysis import fold

from .models import Material, MaterialType

WORDS_READ = 400
# «8-сынып», «7 «Ә» сынып», "5 класс", "grade 6", «Сынып: 8»
GRADE = re.compile(
    r"""\b(\d{1,2})\s*[-–]?\s*[«"]?[а-яә]?[»"]?\s*(?:сынып|кл(?:асс|\.)|grade)
    |(?:сынып|класс|grade)[ы:]*\s*[:–-]?\s*(\d{1,2})\b""",
    re.IGNORECASE | re.VERBOSE,
)
TYPE_WORDS = [
    ("unit-summative", ("бжб", "сор", "бөлім бойынша жиынтық")),
    ("term-summative", ("тжб", "соч", "тоқсандық жиынтық")),
    ("lesson-plan", ("қмж", "ксп", "қысқа мерзімді жоспар", "сабақ жоспары", "краткосрочный план", "поурочный план", "lesson plan")),
    ("medium-term-plan", ("ожм", "омж", "орта мерзімді жоспар", "среднесрочный план")),
    ("calendar-plan", ("ктж", "ктп", "күнтізбелік", "календарно-тематическ")),
    ("lab-work", ("зертханалық жұмыс", "лабораторная работа", "lab work")),
    ("worksheet", ("жұмыс парағы", "рабочий лист", "worksheet")),
    ("formative", ("қалыптастырушы бағалау", "формативное оценивание", "formative assessment")),
]
KIND_TYPES = {File.Kind.SLIDES: "presentation", File.Kind.VIDEO: "video-lesson"}


def fill_empty_fields(material: Material, file: File) -> None:
    facts = guess_facts(file)
    words = f"{file.name} {facts['title']} {facts['text']}"
    if not material.title:
        material.title = facts["title"][:200]
        material.language = facts["language"] or material.language
    if not material.type_id:
        material.type = MaterialType.objects.filter(code=guess_type(words, file)).first()
    material.save(update_fields=["title", "language", "type"])
    if not material.subjects.exists():
        material.subjects.set(guess_subjects(words))
    if not material.grades.exists():
        material.grades.set(guess_grades(words))


def start_of(words: str) -> str:
    return " ".join(words.lower().split()[:WORDS_READ])


def folded(text: str) -> str:
    """Word by word: a text may hold words of two alphabets."""
    return " ".join(map(fold, text.split()))


def guess_type(words: str, file: File) -> str:
    start = start_of(words)
    for code, signs in TYPE_WORDS:
        if any(re.search(rf"(?<!\w){re.escape(sign)}", start) for sign in signs):
            return code
    return KIND_TYPES.get(file.kind, "")


def guess_grades(words: str) -> list[Grade]:
    """The first grade that is named; a file names others in passing."""
    found = [int(first or second) for first, second in GRADE.findall(start_of(words))]
    return list(Grade.objects.filter(pk__in=[number for number in found if 1 <= number <= 12][:1]))


def guess_subjects(words: str) -> list[Subject]:
    """The subject whose name stands earliest; of two that start at the same place the longer name wins."""
    start = folded(start_of(words))
    places = []
    for subject in Subject.objects.all():
        for name in {subject.name_kk, subject.name_ru, subject.name_en}:
            stem = folded(name.lower().split("(")[0])
            if match := re.search(rf"(?<!\w){re.escape(stem)}", start):
                places.append((match.start(), -len(stem), subject.pk, subject))
    return [min(places)[3]] if places else []
