"""What leaders hangs into the registries of the apps to its left."""

from collections.abc import Callable, Iterable

from portal import clock, seams

from . import (
    panels,
    person_data,
    preparation,
    reminders,
    reporting,
    search,
    sitemaps,
    verbs,
)
from .models import Cohort
from .moves import TABLES
from .notices import (
    applications,
    assignments,
    certificates,
    meetings,
    projects,
    reviews,
    seats,
    team,
)


def ids_of(model) -> Callable[[object, Iterable[int]], set[int]]:
    return lambda user, ids: set(model.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


def register() -> None:
    search.register()
    sitemaps.register()
    seams.preparations.append(preparation.put_catalogue)
    seams.notice_kinds.extend(team.KINDS)
    seams.entry_writers[Cohort] = search.index_cohorts
    seams.act_verbs.update(verbs.VERBS)
    seams.act_sources.update(verbs.SOURCES)
    seams.act_readers.update({table.source: ids_of(model) for model, table in TABLES.items()})
    for noun in (applications, reviews, seats, meetings, assignments, projects, certificates):
        seams.notice_kinds.extend(noun.KINDS)
    # What has a day by which it is due goes before what is new.
    seams.start_counts.append(panels.counts)
    seams.start_lines.append(panels.lines)
    seams.start_panels.insert(0, panels.ways)
    seams.page_slots["person"].append(panels.stories_of_person)
    seams.page_slots["home"].append(panels.open_cohorts)
    seams.reportables["stories"] = reporting.STORIES
    seams.person_data.append(person_data.PERSON_DATA)
    clock.JOBS.extend(reminders.JOBS)
