"""What community hangs into the registries of the apps to its left."""

from portal import seams

from . import notices, panels, search


def register() -> None:
    search.register()
    seams.notice_kinds.extend(notices.KINDS)
    seams.start_panels.append(panels.news)
