"""The CMS for programmes and what they require. Cohorts are looked after on the site."""

from wagtail import hooks

from .cms import ProgrammesGroup


@hooks.register("register_admin_viewset")
def register_viewsets():
    return ProgrammesGroup()
