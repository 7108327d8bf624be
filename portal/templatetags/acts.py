"""How acts are read."""

from django import template

from .. import seams
from ..models import Act

register = template.Library()


@register.filter
def verb_label(verb: str):
    return seams.act_verbs.get(verb, verb)


@register.filter
def thing_label(act: Act) -> str:
    return f"{seams.act_sources.get(act.source, act.source)} № {act.object_id}"


@register.filter
def thing_path(act: Act) -> str:
    known = seams.reportables.get(act.source)
    return f"{known.path}{act.object_id}/" if known and known.path else ""


@register.filter
def changes(act: Act) -> list[tuple]:
    """Name, before, after of everything that the act says."""
    names = list(dict.fromkeys([*act.before, *act.after]))
    return [(name, shown(act.before.get(name)), shown(act.after.get(name))) for name in names]


def shown(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
