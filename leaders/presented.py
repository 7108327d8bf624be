"""How programmes and open cohorts are presented. It is the same for all readers of a language but for pages that are closed to some."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language

from portal.editorial import closed_branches, kept

from .models import CataloguePage, Cohort, Programme, ProgrammePage

KEPT, KEPT_OPEN = "programmes", "open-cohorts"
OPEN_AT_MOST = 20


@dataclass(frozen=True)
class Presented:
    pk: int
    path: str
    title: str
    lead: str
    url: str
    level: str = ""

    @property
    def level_label(self) -> str:
        return Programme.Level(self.level).label


def presented_to(user) -> tuple[Presented | None, list[Presented]]:
    """The words of the catalogue itself, and the programmes in the order of their pages."""
    catalogue, programmes = kept(KEPT, read)
    closed = tuple(closed_branches(user))
    shown = [programme for programme in programmes if not programme.path.startswith(closed)]
    return (catalogue if catalogue and not catalogue.path.startswith(closed) else None), shown


def read() -> tuple[Presented | None, list[Presented]]:
    of_language = {"locale__language_code": get_language(), "live": True}
    page = CataloguePage.objects.filter(**of_language).first()
    programmes = ProgrammePage.objects.filter(programme__in=Programme.objects.in_use(), **of_language)
    shown = [presented(row, level=row.programme.level) for row in programmes.select_related("programme").order_by("path")]
    return page and presented(page), shown


def presented(page: CataloguePage | ProgrammePage, **more) -> Presented:
    return Presented(page.pk, page.path, page.title, page.lead, page.url, **more)


def open_now() -> list[Cohort]:
    """The cohorts that take applications, the nearest last day first."""
    return [cohort for cohort in kept(KEPT_OPEN, read_open) if cohort.takes_applications]


def read_open() -> list[Cohort]:
    taking = Cohort.objects.filter(state=Cohort.State.OPEN).select_related("region", "version__programme")
    return list(taking.order_by(F("closes_at").asc(nulls_last=True), "pk")[:OPEN_AT_MOST])


def forget() -> None:
    """Once the change is committed: whoever reads before that would keep what was."""
    names = [f"{name}:{code}" for name in (KEPT, KEPT_OPEN) for code, _label in settings.LANGUAGES]
    transaction.on_commit(lambda: cache.delete_many(names))
