"""What resources hangs into the registries of the apps to its left."""

from django.utils.translation import gettext_lazy as _

from portal import seams
from portal.reporting import Reportable
from portal.tasks import enqueue

from . import actions, notices, panels, person_data, search, sitemaps, tasks
from .imports import MaterialTypeImporter
from .models import Material

VERBS = {
    "publish": _("published it"),
    "unpublish": _("took it back to the drafts"),
    "trash": _("put it into the trash"),
    "restore": _("took it out of the trash"),
    "hide": _("hid it"),
    "show": _("put it back"),
    "thank": _("said thanks"),
    "rename": _("renamed it"),
}


def register() -> None:
    search.register()
    seams.importers["material-types"] = MaterialTypeImporter
    sitemaps.register()
    seams.entry_writers[Material] = actions.refresh_entries
    seams.notice_kinds.extend(notices.KINDS)
    seams.file_ready.append(actions.take_in_file)
    seams.reportables["materials"] = Reportable(search.find_material, "/materials/", take_down=actions.hide, put_back=actions.show)
    seams.act_verbs.update(VERBS)
    seams.offered.append(search.offered_tags)
    seams.person_renamed.append(lambda user: enqueue(tasks.refresh_entries_of_author, user.pk))
    seams.start_counts.append(panels.counts)
    seams.start_lines.append(panels.lines)
    seams.start_panels.append(panels.newest_for_me)
    seams.person_data.append(person_data.PERSON_DATA)
    seams.page_slots["person"].append(panels.materials_of_person)
