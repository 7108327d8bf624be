"""How programmes and cohorts are found. A programme is found by the words of its pages, once editors have published one."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Prefetch
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import get_text_for_indexing
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.models.people import LANGUAGES
from portal.search import page_audience
from portal.spoken import spoken_languages, spoken_regions
from portal.vocabularies import current_regions, former_regions, language_labels, region_labels
from search import sources
from search.entries import BATCH, Findable, Part, put_entry, remove_entry, withdraw

from . import presented
from .models import Cohort, Programme, ProgrammePage
from .querysets.cohorts import CLOSED_TO_OTHERS

APPLICATIONS = {
    "open": pgettext_lazy("applications", "open now"),
    "ahead": pgettext_lazy("applications", "will open"),
    "over": pgettext_lazy("applications", "closed"),
}
TAKING = {Cohort.State.OPEN: "open", Cohort.State.PUBLISHED: "ahead"}


def labelled(named) -> Callable[[Iterable[str]], dict]:
    return lambda codes: {code: label for code, label in named if code in set(codes)}


LEVEL = sources.Facet("level", _("Level"), labelled(Programme.Level.choices))
LANGUAGE = sources.Facet("language", _("Language"), language_labels, spoken=spoken_languages)
COHORT_FACETS = (
    sources.Facet("applications", _("Applications"), labelled(APPLICATIONS.items())),
    LEVEL,
    sources.Facet("region", _("Region"), region_labels, current_regions, former_regions, spoken_regions),
    LANGUAGE,
    sources.Facet("format", _("Format"), labelled(Cohort.Format.choices)),
)


def register() -> None:
    programmes = sources.Source(
        "programmes",
        _("Programmes"),
        "leaders/catalogue/programme_row.html",
        Programme.objects.visible_to,
        programme_entries,
        (LEVEL, LANGUAGE),
    )
    row = "leaders/catalogue/cohort_row.html"
    cohorts = sources.Source("cohorts", _("Cohorts"), row, Cohort.objects.visible_to, cohort_entries, COHORT_FACETS, place="leaders")
    sources.register(programmes)
    sources.register(cohorts)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(follow_branch, dispatch_uid="leaders")
    for signal in (post_save, post_delete):
        signal.connect(follow_restriction, sender=PageViewRestriction, dispatch_uid="leaders")
    post_delete.connect(follow_deletion, sender=ProgrammePage, dispatch_uid="leaders")


# Programmes. Wagtail publishes their pages by its own code, so its signals are followed here.


def findable_programmes():
    pages = ProgrammePage.objects.live().select_related("locale").order_by("path")
    return Programme.objects.in_use().prefetch_related(Prefetch("pages", pages, "live_pages"))


def programme_entries() -> Iterator[Findable]:
    for programme in findable_programmes().iterator(BATCH):
        if pages := public_pages(programme):
            yield programme_entry(programme, pages)


def public_pages(programme: Programme) -> dict[str, ProgrammePage]:
    """Those that everybody may read, by language."""
    return {page.locale.language_code: page for page in programme.live_pages if page_audience(page) == ["public"]}


def programme_entry(programme: Programme, pages: dict[str, ProgrammePage]) -> Findable:
    language, first = next(iter(pages.items()))
    return Findable(
        source="programmes",
        object_id=programme.pk,
        language=language,
        title=first.title,
        names=[page.title for page in pages.values() if page is not first],
        keywords=names_of(programme),
        parts=[Part(text=words_of_page(page), language=code) for code, page in pages.items()],
        facets={"level": [programme.level], "language": list(pages)},
        published_at=first.first_published_at,
        data={
            "urls": {code: page.url for code, page in pages.items()},
            "titles": {code: page.title for code, page in pages.items()},
            "leads": {code: page.lead for code, page in pages.items()},
            "level": programme.level,
        },
    )


def words_of_page(page: ProgrammePage) -> str:
    rich = [get_text_for_indexing(text) for text in (page.for_whom, page.outcomes, page.asks)]
    blocks = [text for body in (page.stages, page.people, page.questions) for text in body.stream_block.get_searchable_content(body)]
    return " ".join([page.lead, *rich, *blocks])


def names_of(named) -> list[str]:
    return [name for code, _label in LANGUAGES if (name := getattr(named, f"name_{code}"))]


def index_programmes(ids: Iterable[int]) -> None:
    presented.forget()
    found = {programme.pk: programme for programme in findable_programmes().filter(pk__in=ids)}
    for pk in ids:
        pages = public_pages(found[pk]) if pk in found else {}
        if pages:
            put_entry(programme_entry(found[pk], pages))
        else:
            remove_entry("programmes", pk)


def programmes_below(branch: Page) -> set[int]:
    pages = ProgrammePage.objects.descendant_of(branch, inclusive=True)
    return set(pages.order_by().values_list("programme", flat=True))


def follow_branch(sender, instance, **kwargs) -> None:
    index_programmes(programmes_below(instance))


def follow_restriction(sender, instance, **kwargs) -> None:
    for pk in programmes_below(instance.page):
        withdraw("programmes", pk)
    follow_branch(sender, instance.page)


def follow_deletion(sender, instance, **kwargs) -> None:
    index_programmes([instance.programme_id])


# Cohorts


def findable_cohorts():
    return Cohort.objects.exclude(state__in=CLOSED_TO_OTHERS).select_related("version__programme", "region")


def cohort_entries() -> Iterator[Findable]:
    return map(cohort_entry, findable_cohorts().order_by("pk").iterator(BATCH))


def cohort_entry(cohort: Cohort) -> Findable:
    programme, region = cohort.version.programme, cohort.region
    return Findable(
        source="cohorts",
        object_id=cohort.pk,
        language="kk",
        title=cohort.name_kk,
        names=[name for name in (cohort.name_ru, cohort.name_en) if name],
        keywords=[*names_of(programme), *(names_of(region) if region else []), cohort.place],
        facets={
            "applications": [TAKING.get(cohort.state, "over")],
            "level": [programme.level],
            "region": [region.code] if region else [],
            "language": cohort.languages,
            "format": [cohort.format],
        },
        # Whoever has saved a search learns of it when applications open.
        published_at=cohort.opens_at or cohort.created_at,
        data={
            "url": cohort.address,
            "names": named_in(cohort),
            "programme": named_in(programme),
            "state": cohort.state,
            "closes_at": cohort.closes_at.isoformat() if cohort.closes_at and cohort.state == Cohort.State.OPEN else "",
            "days": [cohort.starts_on.isoformat(), cohort.ends_on.isoformat()],
        },
    )


def named_in(named) -> dict[str, str]:
    return {code: name for code, _label in LANGUAGES if (name := getattr(named, f"name_{code}"))}


def index_cohorts(ids: Iterable[int]) -> None:
    presented.forget()
    found = {cohort.pk: cohort for cohort in findable_cohorts().filter(pk__in=ids)}
    for pk in ids:
        if pk in found:
            put_entry(cohort_entry(found[pk]))
        else:
            remove_entry("cohorts", pk)


def index_catalogue(programme: Programme) -> None:
    """Its name and level stand in the entries of its cohorts as well."""
    index_programmes([programme.pk])
    index_cohorts(list(Cohort.objects.filter(version__programme=programme).order_by().values_list("pk", flat=True)))
