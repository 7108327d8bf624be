"""By what words of a query a type of material is meant, beside its names."""

from portal.spoken import spoken

from .models import MaterialType

TYPES = {
    "lesson-plan": ("сабақ жоспары", "күнделікті жоспар", "краткосрочный план", "план урока", "поурочка", "технологическая карта урока"),
    "medium-term-plan": ("ортамерзімді жоспар",),
    "calendar-plan": ("күнтізбелік жоспар", "календарный план", "календарно-тематическое планирование"),
    "presentation": ("слайд", "слайды", "slides", "ppt", "pptx"),
    "worksheet": ("жұмыс парақтары", "рабочие листы", "рабочий листок"),
    "lab-work": ("лабораторка", "зертхана жұмысы"),
    "video-lesson": ("видеосабақ", "видео", "бейнеролик", "video"),
    "formative": ("формативка", "FA"),
    "unit-summative": ("СОРы", "SAU", "бөлімге арналған жиынтық бағалау", "суммативное оценивание за раздел"),
    "term-summative": ("СОЧи", "SAT", "тоқсандық бағалау"),
    "open-lesson": ("открытые уроки",),
    "master-class": ("шеберлік сыныбы",),
    "guide": ("әдістемелік нұсқаулық", "методичка", "методическое руководство"),
    "lesson-study-report": ("Lesson Study", "сабақты зерттеу", "исследование урока"),
    "action-research-report": ("Action Research", "іс-әрекеттегі зерттеу"),
}

spoken_types = spoken(MaterialType, TYPES)
