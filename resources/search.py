"""How materials are found: their entry, their facets, and who may see them."""

from collections.abc import Iterator
from functools import reduce
from operator import attrgetter, or_
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.models.people import LANGUAGES
from portal.reporting import Thing
from portal.spoken import spoken_grades, spoken_languages, spoken_subjects
from portal.text import plain
from portal.vocabularies import (
    chooser,
    current_subjects,
    former_codes,
    former_subjects,
    grade_labels,
    language_labels,
    renewer,
    subject_labels,
)
from search import sources
from search.entries import BATCH, Findable, Part
from search.names import spellings

from .models import Material, MaterialType, Tag
from .spoken import spoken_types

type_labels = chooser(MaterialType)
SUMMARY_LETTERS = 300
TAGS_OFFERED = 3


def register() -> None:
    sources.register(
        sources.Source(
            "materials",
            _("Materials"),
            "resources/material_row.html",
            Material.objects.visible_to,
            material_entries,
            facets=(
                sources.Facet("subject", _("Subject"), subject_labels, current_subjects, former_subjects, spoken_subjects),
                sources.Facet("grade", _("Grade"), grade_labels, spoken=spoken_grades),
                sources.Facet("type", _("Type"), type_labels, renewer(MaterialType), former_codes(MaterialType), spoken_types),
                sources.Facet("language", _("Language"), language_labels, spoken=spoken_languages),
            ),
        )
    )


def offered_tags(text: str, user) -> dict | None:
    """Those of materials that the reader may find lead to a search for their word."""
    materials = Material.objects.visible_to(user).shown().filter(tagged_items__tag=OuterRef("pk"))
    beginnings = [Q(key__startswith=key) for key in spellings(text)]
    begun = Tag.objects.filter(Exists(materials), reduce(or_, beginnings))[:TAGS_OFFERED] if beginnings else ()
    address = reverse("search")
    lines = [{"label": tag.name, "lang": tag.language, "url": f"{address}?{urlencode({'q': tag.name})}"} for tag in begun]
    return {"label": _("Tags"), "lines": lines}


def find_material(user, pk: int) -> Thing | None:
    """As those who answer complaints know it."""
    material = Material.objects.visible_to(user).select_related("author").filter(pk=pk, state=Material.State.PUBLISHED).first()
    return material and Thing(material.ref, str(material), f"/materials/{pk}/", material.language, material.author)


def material_entries() -> Iterator[Findable]:
    for material in Material.objects.shown().exclude(audience=Material.Audience.ME).with_entry_data().iterator(BATCH):
        yield material_entry(material)


def material_entry(material: Material) -> Findable:
    files = [row.file for row in material.files.all()]
    description = plain(material.description)
    return Findable(
        source="materials",
        object_id=material.pk,
        language=material.language,
        title=material.title,
        names=[*sorted(row.tag.name for row in material.tagged_items.all()), *(objective.code for objective in material.objectives.all())],
        keywords=keywords(material),
        summary=description[:SUMMARY_LETTERS],
        parts=[Part(text=description), *file_parts(files)],
        facets={
            "subject": [subject.code for subject in material.subjects.all()],
            "grade": [grade.code for grade in material.grades.all()],
            "type": [material.type.code] if material.type else [],
            "language": [material.language],
        },
        audience=audience_tokens(material),
        requires=["verified"] if material.requires_verified else [],
        published_at=material.published_at,
        signals={"complete": completeness(material), "thanks": material.thanks_count, "saves": material.saves_count or 0},
        data={
            "url": f"/materials/{material.pk}/",
            "author": material.author.get_full_name() if material.author else "",
            "kind": files[0].kind if files else "link",
            "thanks": material.thanks_count,
        },
    )


def completeness(material: Material) -> float:
    """How much of what helps to choose it is there: words about it, aims, tags, something to open that could be read."""
    readable = any(row.file.texts.all() for row in material.files.all()) or material.links.all()
    parts = (material.description, material.type, material.objectives.all(), material.tagged_items.all(), readable)
    return sum(map(bool, parts)) / len(parts)


def keywords(material: Material) -> list[str]:
    """«физика», «СОР», "8 класс": what a teacher types although the material itself does not say it."""
    rows = [*material.subjects.all(), *([material.type] if material.type else [])]
    names = [getattr(row, f"name_{code}") for row in rows for code, _label in LANGUAGES]
    for grade in material.grades.all():
        names += [f"{grade.number} сынып", f"{grade.number} класс", f"grade {grade.number}"]
    return names


def file_parts(files) -> list[Part]:
    return [
        Part(text=page.text, label=file.name, page=page.number if file.pages else None)
        for file in sorted(files, key=attrgetter("pk"))
        for page in file.texts.all()
    ]


def audience_tokens(material: Material) -> list[str]:
    own = [f"user:{material.author_id}"] if material.author_id else []
    return {
        Material.Audience.PUBLIC: ["public"],
        Material.Audience.MEMBERS: ["members"],
        Material.Audience.SCHOOL: [f"school:{material.school_id}", *own],
    }[material.audience]
