"""Names of codes in the reader's language, read once and kept in the cache: lists and facets ask for them all the time."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language

from .models import Grade, Merged, Region, SchoolType, Subject
from .models.people import LANGUAGES
from .models.vocabulary import name_in

SECONDS = 600
# A list asks for dozens of names: for a moment the process itself holds them, where asking costs nothing.
HELD_SECONDS = 5
EVERY = "all"
held: dict[tuple, tuple[float, dict]] = {}


def key(model, language: str) -> str:
    return f"vocabulary:{model._meta.label_lower}:{language}"


def labels(model, language: str = "") -> dict[str, str]:
    """Code → name, in the order of the vocabulary; `language` is the one that is read, for who asks of many rows."""
    return kept(model, language or get_language(), lambda row: str(row.name))


def all_names(model) -> dict[str, list[str]]:
    """Code → its names in all languages."""
    return kept(model, EVERY, lambda row: [name_in(row, language) for language, _label in settings.LANGUAGES])


def kept(model, language: str, named: Callable) -> dict:
    until, known = held.get((model, language), (0, {}))
    if time.monotonic() >= until:
        known = cache.get_or_set(key(model, language), lambda: {row.code: named(row) for row in model.objects.all()}, SECONDS)
        held[model, language] = time.monotonic() + HELD_SECONDS, known
    return known


def forget(model) -> None:
    languages = [EVERY, *(code for code, _label in settings.LANGUAGES)]
    cache.delete_many([key(model, language) for language in languages])
    for language in languages:
        held.pop((model, language), None)


def chooser(model):
    """A facet's labelling function for a vocabulary."""

    def named(codes, language: str = "") -> dict[str, str]:
        known, wanted = labels(model, language), set(codes)
        if len(wanted) < 2:
            return {code: known[code] for code in wanted if code in known}
        return {code: name for code, name in known.items() if code in wanted}

    return named


def renewer(model):
    """For a facet: codes of merged rows become those of the rows they went into. Asked of the database only for unknown codes."""

    def renewed(codes) -> tuple[str, ...]:
        unknown = [code for code in codes if code not in labels(model)]
        into = Merged.objects.rows_by_code(model, unknown) if unknown else {}
        return tuple(dict.fromkeys(into[code].code if code in into else code for code in codes))

    return renewed


def former_codes(model):
    """For a facet: under which codes stood what has become these rows."""

    def found(codes) -> list[str]:
        return Merged.objects.codes_before(model, codes)

    return found


current_subjects = renewer(Subject)
current_regions = renewer(Region)
current_school_types = renewer(SchoolType)
former_subjects = former_codes(Subject)
former_regions = former_codes(Region)
former_school_types = former_codes(SchoolType)
subject_labels = chooser(Subject)
grade_labels = chooser(Grade)
region_labels = chooser(Region)
school_type_labels = chooser(SchoolType)


def language_labels(codes) -> dict[str, str]:
    return {code: label for code, label in LANGUAGES if code in set(codes)}
