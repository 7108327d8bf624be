"""What community hangs into the registries of the apps to its left."""

from portal import seams
from portal.tasks import enqueue

from . import notices, panels, reporting, search


def register() -> None:
    search.register()
    seams.notice_kinds.extend(notices.KINDS)
    seams.start_panels.append(panels.news)
    reporting.register()
    seams.person_renamed.append(lambda user: enqueue(search.write_topics_of_author, user.pk))
