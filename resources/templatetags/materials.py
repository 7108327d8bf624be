"""The one line under a material's title, from its entry or from its row."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, gettext, ngettext

from portal.models import File
from portal.templatetags.finding import marked, place
from portal.templatetags.look import day, escaped, markup, row
from portal.vocabularies import grade_labels, subject_labels

from ..models import Material
from ..search import type_labels

register = template.Library()

GRADES_SHOWN = 3


def line(types, subjects, grades, author, published_at) -> list[str]:
    language = get_language()
    shown = list(grade_labels(grades, language).values())[:GRADES_SHOWN]
    unbroken = markup(", ".join(f'<span class="unbroken">{escaped(label)}</span>' for label in shown))
    named = [", ".join(type_labels(types, language).values()), ", ".join(subject_labels(subjects, language).values())]
    return [fact for fact in (*named, unbroken, author, day(published_at)) if fact]


@register.simple_tag(takes_context=True)
def material_row(context, hit) -> str:
    data, asked = hit.data, context.get("asked")
    # With the words that were asked for, so that the page can show where they stand
    href = f"/{get_language()}{data['url']}{asked.words if asked else ''}"
    said = {"passage": marked(hit.excerpt), "place": place(hit), "signals": thanks_signal(data["thanks"])}
    return row(marked(hit.title), href, kind=data["kind"], lang=hit.entry.language, facts=hit_facts(hit), **said)


@register.filter
def hit_facts(hit) -> list[str]:
    codes = hit.entry.facets
    return line(codes.get("type", []), codes.get("subject", []), codes.get("grade", []), hit.data.get("author"), hit.entry.published_at)


@register.filter
def row_facts(material) -> list[str]:
    """Of a row that has been fetched with its row data."""
    return facts(material, [row.code for row in material.subjects.all()], [row.code for row in material.grades.all()])


@register.filter
def page_facts(material) -> list[str]:
    """Of one material alone: its codes are all that is asked for."""
    subjects = Material.subjects.through.objects.filter(material=material.pk).values_list("subject__code", flat=True)
    grades = Material.grades.through.objects.filter(material=material.pk).values_list("grade", flat=True)
    return facts(material, subjects, map(str, grades))


def facts(material, subjects, grades) -> list[str]:
    types = [material.type.code] if material.type else []
    return line(types, subjects, grades, material.author.get_full_name() if material.author else "", material.published_at)


@register.filter
def kind(material) -> str:
    files = material.files.all()
    return files[0].file.kind if files else "link"


@register.filter
def thanks_signal(count) -> list[dict]:
    if not count:
        return []
    return [{"icon": "heart", "text": ngettext("%(count)s teacher thanked", "%(count)s teachers thanked", count) % {"count": count}}]


@register.filter
def changed(moment) -> list[str]:
    return [gettext("changed %(day)s") % {"day": day(moment)}]


@register.filter
def file_facts(file) -> list[str]:
    pages = ngettext("%(count)s page", "%(count)s pages", file.pages) % {"count": file.pages} if file.pages else ""
    return [filesizeformat(file.size), pages]


@register.filter
def file_state(file) -> str:
    return {File.State.WAITING: "working", File.State.UNREADABLE: "failed"}.get(file.state, "ready")
