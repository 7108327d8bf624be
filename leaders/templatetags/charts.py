from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def number(value) -> str:
    """As people write it: 12,5 and 30, not 30,00."""
    return number_format(value.normalize())
