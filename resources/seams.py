"""What resources hangs into the registries of the apps to its left."""

from portal import seams

from . import actions, panels, search


def register() -> None:
    search.register()
    seams.file_ready.append(actions.take_in_file)
    seams.start_panels.extend([panels.drafts, panels.newest_for_me])
    seams.page_slots["person"].append(panels.materials_of_person)
