"""Every address of the portal's own, and what each reader is answered there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

from ..world import READERS
from . import community, leaders_cohorts, leaders_learning, leaders_selection, portal, resources

# What a reader may not see answers 404, exactly like what does not exist. 302 leads a guest to the sign-in page; an upload says 401.
# `thing` is one of tests/world.py; a verb of `move_material` stands for itself, done to the public material.
COLUMNS = "method name thing guest unverified member owner colleague coordinator staff".split()
ROOMS = (portal, resources, community, leaders_cohorts, leaders_selection, leaders_learning)
LINES = [line.split() for room in ROOMS for line in room.TABLE.splitlines() if line]


@dataclass(frozen=True)
class Row:
    method: str
    name: str
    thing: str
    statuses: tuple[int, ...]

    def address(self, world, language: str = "kk") -> str:
        return world.address(self.name, self.thing, language)

    def expected(self) -> dict[str, int]:
        return dict(zip(READERS, self.statuses, strict=True))


ROWS = [Row(method, name, thing, tuple(map(int, statuses))) for method, name, thing, *statuses in LINES]
READS = [row for row in ROWS if row.method == "GET"]
FILES = (
    "group_picture",
    "material_file",
    "material_preview",
    "post_file",
    "post_file_preview",
    "submission_file",
    "dashboard_csv",
    "dashboard_xlsx",
    "cohort_certificates_csv",
    "register_csv",
    "certificate_sheet",
    "evidence",
    "draft_file",
    "application_file",
    "score_list",
    "event_calendar",
    "events_calendar",
    "calendar_feed",
)
FEEDS = ("robots", "sitemaps", "sitemap", "pages_feed", "section_feed", "materials_feed", "subject_feed", "group_feed")
NO_PAGES = (*FILES, *FEEDS, "health_live", "health_ready", "metrics", "bell")
PAGES = [row for row in READS if row.name not in NO_PAGES]

# Wagtail's and allauth's own pages; sizes of the editors' pictures are files of the web server.
FOREIGN = ("cms/", "documents/", "accounts/", "media/images/")


def every_pattern(resolver=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield whole, pattern
        else:
            yield from every_pattern(pattern, whole)


def without_language(whole: str) -> str:
    return (whole.partition("/")[2] if whole[:3] in ("kk/", "ru/", "en/") else whole).lstrip("^")


def own_patterns() -> list[URLPattern]:
    return [pattern for whole, pattern in every_pattern() if not without_language(whole).startswith(FOREIGN)]


def names_under(prefix: str) -> list[str]:
    """Names of the addresses below `prefix` that ask for nothing more."""
    found = [(without_language(whole), pattern.name) for whole, pattern in every_pattern()]
    return [name for whole, name in found if whole.startswith(prefix) and "<" not in whole]
