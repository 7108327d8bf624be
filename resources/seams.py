"""What resources hangs into the registries of the apps to its left."""

from portal import seams
from portal.tasks import enqueue

from . import actions, notices, panels, search, tasks


def register() -> None:
    search.register()
    notices.register()
    seams.file_ready.append(actions.take_in_file)
    seams.person_renamed.append(lambda user: enqueue(tasks.refresh_entries_of_author, user.pk))
    seams.start_panels.extend([panels.drafts, panels.newest_for_me])
    seams.page_slots["person"].append(panels.materials_of_person)
