"""How acts are read."""

from django import template

from .. import seams

register = template.Library()


@register.filter
def verb_label(verb: str):
    return seams.act_verbs.get(verb, verb)
