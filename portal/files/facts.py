"""What a file tells about itself, good enough to fill an empty field and never more than a guess."""

import re

from portal.models import File

from .kinds import Kind
from .names import strip_ending

LONGEST_TITLE = 150
SHORTEST_TITLE = 3
START = 4000
# A heading further down names a section.
HEADING_WITHIN = 500
# Lesson plans of schools follow forms whose first lines are the same in every one; the topic has a line of its own.
TOPIC = re.compile(
    r"^(?:сабақтың тақырыбы|сабақ тақырыбы|тақырыбы?|тема урока|тема занятия|тема|lesson (?:title|topic)|topic)\s*[:\t\n–—-]\s*(.+)$",
    re.I | re.M,
)
FORM_WORDS = re.compile(
    r"қысқа мерзімді|сабақ(?:тың)? жоспары|бекітемін|бекітілген|келісілді|білім беру ұйымы|күні\b|"
    r"краткосрочн|поурочный план|план урока|утверждаю|согласовано|рассмотрено|наименование организации|дата\b|"
    r"short[- ]term plan|lesson plan|approved",
    re.I,
)
# Names that programs give by themselves.
MADE_BY_PROGRAM = re.compile(
    r"(?:microsoft )?(?:word|powerpoint|excel)\b.*|(?:powerpoint )?(?:presentation|презентация|тұсаукесер)(?: powerpoint)?\s*\d*|"
    r"(?:document|документ|құжат|книга|кітап|book|лист|slide|слайд|untitled|без имени|без названия|атаусыз|title|название|атауы)\s*\d*|"
    r".*\.(?:docx?|pptx?|xlsx?|od[tp]|pdf|indd|qxd)",
    re.I,
)

# Cyrillic letters that a program without Unicode left as Western ones.
GARBLED = re.compile("[À-ÿ]{3}")
# Names that cameras, telephones and scanners give.
MADE_BY_DEVICE = re.compile(
    r"(?:img|dsc[nf]?|vid|mov|pxl|scan|сканирование|скан|photo|video|image|фото|видео|whatsapp (?:image|video)|screenshot|"
    r"снимок экрана|file)?[\s\d.()_-]*(?:at [\d.\s]+(?:[ap]m)?)?(?:\(\d+\))?(?:[\s_-]wa\d+)?",
    re.I,
)


def guess_facts(file: File) -> dict[str, str]:
    """Title, language and the start of the text, for filling in what its owner left empty."""
    text = "\n".join(file.texts.values_list("text", flat=True)[:20])
    return {"title": file.title, "language": file.language, "text": text[:START]}


def guess_title(name: str, kind: str, *, property: str = "", heading: str = "", parts: list[str]) -> str:
    """The title that its author gave the file, or its topic, its first heading or line, or else its name; empty when nothing tells."""
    guesses = [property]
    if kind in (Kind.DOCUMENT, Kind.PDF, Kind.SLIDES):
        start = next(filter(None, parts), "")[:START]
        topic = TOPIC.search(start)
        guesses += [topic[1] if topic else "", heading if heading in start[:HEADING_WITHIN] else "", start.partition("\n")[0]]
    readable = (" ".join(re.sub(r"[\x00-\x1f]", " ", guess).split()) for guess in guesses)
    return next((guess for guess in readable if _is_title(guess)), "") or title_from_name(name)


def title_from_name(name: str) -> str:
    title = " ".join(strip_ending(name).replace("_", " ").split())[:LONGEST_TITLE]
    return "" if MADE_BY_DEVICE.fullmatch(title) else title


def _is_title(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    fits = SHORTEST_TITLE <= len(text) <= LONGEST_TITLE and letters >= len(text) / 2
    return fits and not (MADE_BY_PROGRAM.fullmatch(text) or FORM_WORDS.search(text) or GARBLED.search(text))
