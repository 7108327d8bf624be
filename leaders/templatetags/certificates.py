from django import template

from .. import codes

register = template.Library()
register.filter(codes.spelled)
