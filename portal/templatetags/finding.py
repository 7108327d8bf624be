"""How a hit of the search is drawn."""

from datetime import datetime

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search import sources

from ..text import plain
from ..vocabularies import grade_labels, region_labels, school_type_labels, subject_labels
from ..why import reasons
from .look import escaped, markup

register = template.Library()


@register.filter
def marked(segments):
    """Plain text with the words of the query in <mark>."""
    pieces = ((escaped(text), is_marked) for text, is_marked in segments)
    return markup("".join(f"<mark>{text}</mark>" if is_marked else text for text, is_marked in pieces))


@register.filter
def place(hit) -> str:
    """Where in a file the words stand; takes a hit or a passage."""
    if hit.page:
        return _("page %(number)s of the file %(name)s") % {"number": hit.page, "name": hit.label}
    return _("in the file %(name)s") % {"name": hit.label} if hit.label else ""


@register.filter
def moment(text: str) -> datetime:
    """An entry keeps a moment as text."""
    return datetime.fromisoformat(text)


@register.simple_tag(takes_context=True)
def hit_rows(context, hits):
    """The rows that their apps draw, and in each, at its end, why it was found."""
    question, rows = _("Why this one?"), []
    with context.push():
        for hit in hits:
            context["hit"] = hit
            before, _end, after = context.template.engine.get_template(hit.template).render(context).rpartition("</li>")
            rows.append(f"{before}{drawn_reasons(hit, question)}</li>{after}")
    return markup("".join(rows))


def drawn_reasons(hit, question: str) -> str:
    """Drawn here and not in a template: a page has dozens."""
    lines = "".join(f"<li>{escaped(line)}</li>" for line in reasons(hit))
    return f'<details class="why"><summary>{question}</summary><ul>{lines}</ul></details>' if lines else ""


@register.filter
def address(hit) -> str:
    return f"/{get_language()}{sources.get(hit.source).path(hit.object_id)}"


# Schools and learning objectives, in the reader's language where they have a name in it.


@register.filter
def school_name(hit):
    names = hit.data["names"]
    return marked(hit.title) if names.get(get_language(), "") in ("", names["kk"]) else names[get_language()]


@register.filter
def school_facts(hit) -> list:
    codes = hit.entry.facets
    named = region_labels(codes.get("region", [])), school_type_labels(codes.get("school_type", []))
    return [hit.data["locality"], *(name for labels in named for name in labels.values())]


@register.filter
def objective_language(hit) -> str:
    return "ru" if get_language() == "ru" and hit.data["texts"]["ru"] else "kk"


@register.filter
def objective_title(hit):
    language = objective_language(hit)
    return marked(hit.title) if language == hit.entry.language else f"{hit.data['code']} {plain(hit.data['texts'][language])}"


@register.filter
def objective_facts(hit) -> list:
    codes = hit.entry.facets
    named = subject_labels(codes.get("subject", [])), grade_labels(codes.get("grade", []))
    return [name for labels in named for name in labels.values()]


@register.filter
def sample_state(hit) -> str:
    return _("sample") if hit.data["sample"] else ""
