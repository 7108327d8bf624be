"""By what words of a query the codes of the portal's own facets are meant, see `search.understanding`.

Beside the names of a vocabulary stand here the short and the everyday ones. What may mean several things is left out: «тарих» is said of
every past, «қазақ» of a language, a literature and a people.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from .models import Network, Region, SchoolType, Subject
from .vocabularies import all_names

# A short form in brackets: «Қысқа мерзімді жоспар (ҚМЖ)»
_SHORT = re.compile(r"(.*\S)\s*\((.+)\)")

SUBJECTS = {
    "kazakh-language": ("каз яз", "казяз", "қаз тілі"),
    "kazakh-literature": ("каз лит", "қаз әдебиет"),
    "russian-language": ("рус яз", "русяз"),
    "russian-literature": ("рус лит",),
    "english": ("ағылшын", "английский", "английскому", "english", "англ яз", "англ"),
    "mathematics": ("матем", "maths", "math"),
    "informatics": ("информ", "ИКТ", "АКТ", "ICT"),
    "physics": ("физ",),
    "chemistry": ("хим",),
    "biology": ("биол", "био"),
    "geography": ("геогр",),
    "history-kazakhstan": ("история Казахстана", "қазақ тарихы"),
    "world-history": ("дүние жүзі тарихы", "дж тарихы"),
    "natural-science": ("природоведение", "natural science"),
    "arts-crafts": ("худ труд", "худтруд"),
    "visual-arts": ("ИЗО",),
    "physical-education": ("физра", "физ-ра", "физ-ре", "физре", "физкультура", "физ-культура", "дене тәрбиесі", "дене шынықтыруы", "PE"),
    "military-technology": ("АӘТД", "АӘД", "НВТП", "НВП"),
}
# Written just so: by their stems alone they are the names of subjects.
LANGUAGES = {
    "kk": ("қазақша", "қазақ тілінде", "қазақ тіліндегі", "на казахском", "на казахском языке", "по-казахски", "in Kazakh"),
    "ru": ("орысша", "орыс тілінде", "орыс тіліндегі", "на русском", "на русском языке", "по-русски", "in Russian"),
    "en": ("ағылшынша", "ағылшын тілінде", "ағылшын тіліндегі", "на английском", "на английском языке", "по-английски", "in English"),
}
# Not those that are first of all the names of people or of a town in another region.
REGIONS = {
    "15": ("Ақтөбе", "Актобе"),
    "23": ("Атырау",),
    "27": ("БҚО", "ЗКО"),
    "35": ("Қарағанды", "Караганда"),
    "39": ("Қостанай", "Костанай"),
    "43": ("Қызылорда", "Кызылорда"),
    "47": ("Маңғыстау", "Мангистау", "Мангыстау"),
    "55": ("Павлодар",),
    "59": ("СҚО", "СКО"),
    "61": ("Түркістан", "Туркестан"),
    "63": ("ШҚО", "ВКО"),
    "71": ("Астана", "Astana"),
    "75": ("Алматы", "Almaty"),
    "79": ("Шымкент", "Shymkent"),
}
NETWORKS = {"nis": ("НЗМ", "НИШ", "НИС", "NIS")}
ORDINALS = (
    ("бірінші", "первый", "first"),
    ("екінші", "второй", "second"),
    ("үшінші", "третий", "third"),
    ("төртінші", "четвёртый", "fourth"),
    ("бесінші", "пятый", "fifth"),
    ("алтыншы", "шестой", "sixth"),
    ("жетінші", "седьмой", "seventh"),
    ("сегізінші", "восьмой", "eighth"),
    ("тоғызыншы", "девятый", "ninth"),
    ("оныншы", "десятый", "tenth"),
    ("он бірінші", "одиннадцатый", "eleventh"),
    ("он екінші", "двенадцатый", "twelfth"),
)


def spoken(model, others: Mapping[str, Iterable[str]] | None = None) -> Callable[[], dict[str, list[str]]]:
    """For a facet of a vocabulary: its names in every language, short forms apart, and other words by code."""

    known: tuple[Mapping, dict[str, list[str]]] = ({}, {})

    def phrases() -> dict[str, list[str]]:
        nonlocal known
        names = all_names(model)
        if names is not known[0]:
            known = names, {code: [*names_said(rows), *(others or {}).get(code, ())] for code, rows in names.items()}
        return known[1]

    return phrases


def names_said(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        short = _SHORT.fullmatch(name)
        yield from short.groups() if short else (name,)


@cache
def spoken_grades() -> dict[str, list[str]]:
    """However it is written: 7-сынып, 7 кл, grade 7, жетінші сынып."""
    said = {"0": ["мектепалды", "предшкола", "предшкольный класс", "preschool", "0 сынып", "0 класс"]}
    for number, (kk, ru, en) in enumerate(ORDINALS, 1):
        counted = [f"{number} {word}" for word in ("сынып", "класс", "кл", "grade")]
        # «в классе 5 человек» says something else.
        named = [f'"{word} {number}"' for word in ("сынып", "класс", "grade", "grades")]
        said[str(number)] = [*counted, *named, f"{kk} сынып", f"{ru} класс", f"{en} grade"]
    return said


spoken_subjects = spoken(Subject, SUBJECTS)
spoken_regions = spoken(Region, REGIONS)
spoken_school_types = spoken(SchoolType)
spoken_networks = spoken(Network, NETWORKS)


@cache
def spoken_languages() -> dict[str, list[str]]:
    return {code: [f'"{phrase}"' for phrase in phrases] for code, phrases in LANGUAGES.items()}
