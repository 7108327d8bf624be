"""How the portal's own things are found: editorial pages, schools, objectives, people."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from allauth.account.signals import email_confirmed
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search import audiences, entries, sources
from search.entries import BATCH, Findable, Part, put_entries, put_entry, remove_entry, withdraw
from search.models import Entry

from . import editorial, seams
from .guest_pages import follow_changes
from .merging import refresh_in_tasks
from .models import ArticlePage, EventPage, HomePage, Objective, Position, School, SectionPage, User
from .models.people import Circle, ProfilePart
from .querysets import PersonQuerySet
from .spoken import spoken_grades, spoken_languages, spoken_regions, spoken_school_types, spoken_subjects
from .text import plain
from .vocabularies import (
    current_regions,
    current_school_types,
    current_subjects,
    former_regions,
    former_school_types,
    former_subjects,
    grade_labels,
    language_labels,
    region_labels,
    school_type_labels,
    subject_labels,
)  # fmt: skip

# The tree's root, home pages, sections
SECTION_DEPTH = 3
FOUND = (ArticlePage, EventPage, SectionPage)
SUBJECT = sources.Facet("subject", _("Subject"), subject_labels, current_subjects, former_subjects, spoken_subjects)
GRADE = sources.Facet("grade", _("Grade"), grade_labels, spoken=spoken_grades)
LANGUAGE = sources.Facet("language", _("Language"), language_labels, spoken=spoken_languages)
REGION = sources.Facet("region", _("Region"), region_labels, current_regions, former_regions, spoken_regions)
SCHOOL_TYPE = sources.Facet(
    "school_type", _("Type of school"), school_type_labels, current_school_types, former_school_types, spoken_school_types
)
TAUGHT_IN = replace(LANGUAGE, label=_("Language of teaching"))


def when_labels(codes: Iterable[str]) -> dict:
    named = {"coming": pgettext_lazy("events", "coming"), "over": pgettext_lazy("events", "over")}
    return {code: label for code, label in named.items() if code in set(codes)}


def format_labels(codes: Iterable[str]) -> dict:
    return {code: label for code, label in EventPage.Format.choices if code in set(codes)}


PEOPLE_FACETS = (SUBJECT, GRADE, TAUGHT_IN, REGION, SCHOOL_TYPE)
EVENT_FACETS = (sources.Facet("when", _("When"), when_labels), LANGUAGE, sources.Facet("format", _("Format"), format_labels))


def register() -> None:
    entries.on_change.append(follow_changes)
    audiences.register(reader_tokens)
    audiences.register_requirement(reader_satisfies)
    for source in found_here():
        sources.register(source)
    seams.entry_writers |= {School: refresh_schools, Objective: refresh_objectives, User: index_people}
    for signal in (page_published, page_unpublished):
        signal.connect(follow_page, dispatch_uid="search")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(follow_branch, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(follow_restriction, sender=PageViewRestriction, dispatch_uid="search")
    post_delete.connect(follow_deletion, sender=Page, dispatch_uid="search")
    email_confirmed.connect(follow_address, dispatch_uid="search")


def found_here() -> list[sources.Source]:
    page, person, school, objective = (f"portal/{name}_row.html" for name in ("page", "person", "school", "objective"))
    return [
        sources.Source("pages", _("Pages and news"), page, visible_pages, page_entries, (LANGUAGE,)),
        sources.Source("events", _("Events"), page, visible_pages, no_entries, EVENT_FACETS, within="pages"),
        sources.Source("people", _("Colleagues"), person, findable_people, person_entries, PEOPLE_FACETS, is_register=True),
        sources.Source("schools", _("Schools"), school, School.objects.visible_to, school_entries, (REGION, SCHOOL_TYPE), is_register=True),
        sources.Source("objectives", _("Learning objectives"), objective, all_objectives, objective_entries, (SUBJECT, GRADE)),
    ]


def reader_tokens(user) -> list[str]:
    if not user.is_authenticated:
        return ["public"]
    schools = [f"school:{position.school_id}" for position in user.current_positions if position.confirmed_at]
    return ["public", "members", f"user:{user.pk}", *schools]


def reader_satisfies(user) -> list[str]:
    return ["verified"] if user.is_authenticated and user.is_verified else []


# Pages. Wagtail publishes them by its own code, so its signals are followed here.


def visible_pages(user) -> QuerySet:
    return Page.objects.filter(editorial.visible_to(user))


def page_entries() -> Iterator[Findable]:
    for page in Page.objects.live().type(*FOUND).specific().iterator():
        if page_audience(page):
            yield page_entry(page)


def page_audience(page) -> list[str]:
    """A page for chosen groups of editors is found by nobody; its readers have its address."""
    types = {restriction.restriction_type for restriction in page.get_view_restrictions()}
    if not types:
        return ["public"]
    return ["members"] if types == {PageViewRestriction.LOGIN} else []


def page_entry(page) -> Findable:
    body = getattr(page, "body", None)
    return Findable(
        source="pages",
        object_id=page.pk,
        language=page.locale.language_code,
        title=page.title,
        summary=page.lead,
        names=[name for name in (getattr(page, "place", ""), getattr(page, "organiser", "")) if name],
        parts=[Part(text=" ".join(block_texts(body)))] if body else [],
        facets={"language": [page.locale.language_code]} | (event_facets(page) if isinstance(page, EventPage) else {}),
        audience=page_audience(page),
        published_at=page.first_published_at or page.latest_revision_created_at,
        data={
            "url": page.url,
            "section": page.get_parent().title if page.depth > SECTION_DEPTH else "",
            **(event_data(page) if isinstance(page, EventPage) else {"starts_at": ""}),
        },
    )


def no_entries() -> Iterator[Findable]:
    """Events are among the pages."""
    yield from ()


def event_facets(event: EventPage) -> dict[str, list[str]]:
    return {"source": ["events"], "when": [when_of(event.ends_at)], "format": [event.format]}


def event_data(event: EventPage) -> dict[str, str]:
    return {"starts_at": event.starts_at.isoformat(), "place": event.place}


def when_of(ends_at: datetime) -> str:
    return "coming" if ends_at >= timezone.now() else "over"


def follow_time() -> None:
    """By the clock: whatever has come to its end since its entry was written."""
    for event in EventPage.objects.live().filter(ends_at__lt=timezone.now(), pk__in=coming_in_entries()).specific():
        put_or_remove(event)


def coming_in_entries():
    return Entry.objects.of("pages").filter(codes__contains=" when:coming ").values_list("object_id", flat=True)


def block_texts(body) -> list[str]:
    return [text for child in body for text in child.block.get_searchable_content(child.value)]


def put_or_remove(page) -> None:
    if page.live and page_audience(page):
        put_entry(page_entry(page))
    else:
        remove_entry("pages", page.pk)


def findable_pages(branch) -> PageQuerySet:
    return Page.objects.descendant_of(branch, inclusive=True).type(*FOUND).specific()


def follow_page(sender, instance, **kwargs) -> None:
    editorial.forget_pages()
    if not isinstance(instance.specific, HomePage):
        follow_branch(sender, instance)


def follow_branch(sender, instance, **kwargs) -> None:
    """The address, the section or the readers of every page below may have changed."""
    editorial.forget_pages()
    for page in findable_pages(instance):
        put_or_remove(page)


def follow_restriction(sender, instance, origin=None, **kwargs) -> None:
    if isinstance(origin, PageQuerySet):
        return  # the page itself is being deleted
    for page in findable_pages(instance.page):
        withdraw("pages", page.pk)
    follow_branch(sender, instance.page)


def follow_deletion(sender, instance, **kwargs) -> None:
    editorial.forget_pages()
    remove_entry("pages", instance.pk)


# Schools and objectives. They have names in several languages and are written in none.


def school_entries() -> Iterator[Findable]:
    for school in School.objects.filter(state=School.State.LISTED).select_related("region", "type").iterator():
        yield school_entry(school)


def school_entry(school: School) -> Findable:
    region = school.region
    names = {"kk": school.name_kk, "ru": school.name_ru, "en": school.name_en}
    return Findable(
        source="schools",
        object_id=school.pk,
        language="kk",
        title=school.name_kk,
        names=[school.name_ru, school.name_en, school.locality, region.name_kk, region.name_ru],
        audience=["public"],
        facets={"language": [], **school_facets(school)},
        data={"names": names, "locality": school.locality, "region": region.code, "sample": school.is_sample},
    )


def index_schools(schools: Collection[School]) -> None:
    listed = []
    for school in schools:
        if school.state == School.State.LISTED:
            listed.append(school)
        else:
            remove_entry("schools", school.pk)
    put_entries(school_entry(school) for school in listed)
    follow_schools(schools)


def follow_schools(schools: Collection[School]) -> None:
    """Those who work there are found by its region and type, and shown with its name."""
    workers = Position.objects.current().filter(school__in=[school.pk for school in schools]).values_list("user", flat=True)
    refresh_in_tasks({User: set(workers)})


def refresh_schools(ids: Iterable[int]) -> None:
    schools = School.objects.select_related("region", "type").in_bulk(ids)
    index_schools(schools.values())
    for gone in set(ids) - schools.keys():
        remove_entry("schools", gone)


def all_objectives(user) -> QuerySet:
    return Objective.objects.all()


def objective_entries() -> Iterator[Findable]:
    for objective in Objective.objects.select_related("subject", "curriculum").iterator():
        yield objective_entry(objective)


def objective_entry(objective: Objective) -> Findable:
    return Findable(
        source="objectives",
        object_id=objective.pk,
        language="kk",
        title=f"{objective.code} {plain(objective.text_kk)}",
        names=[objective.code, plain(objective.text_ru)],
        audience=["public"],
        facets={"language": [], "subject": [objective.subject.code], "grade": [str(objective.grade_id)]},
        data={"code": objective.code, "texts": {"kk": objective.text_kk, "ru": objective.text_ru}, "sample": objective.is_sample},
    )


def refresh_objectives(ids: Iterable[int]) -> None:
    objectives = Objective.objects.select_related("subject").in_bulk(ids)
    put_entries(map(objective_entry, objectives.values()))
    for gone in set(ids) - objectives.keys():
        remove_entry("objectives", gone)


def index_objective(objective: Objective) -> None:
    put_entry(objective_entry(objective))


def forget_objective(objective: Objective) -> None:
    remove_entry("objectives", objective.pk)


# People. A person herself decides who finds her, and by what.


def findable_people(user) -> QuerySet:
    return User.objects.findable_by(user).not_blocked_by(user)


def directory() -> PersonQuerySet:
    positions = Prefetch("positions", Position.objects.current().select_related("school__region", "school__type"), "current_positions")
    return User.objects.visible_to(AnonymousUser()).listed().prefetch_related("subjects", "grades", positions)


def person_entries() -> Iterator[Findable]:
    return map(person_entry, directory().iterator(BATCH))


def person_entry(person: User) -> Findable:
    everyone = person.shown_to == person.listed_to == Circle.EVERYONE
    position = shown_position(person)
    return Findable(
        source="people",
        object_id=person.pk,
        language="kk",
        title=person.full_name,
        names=[person.latin_name],
        facets=teaching_facets(person) | (workplace_facets(position.school) if position else {}),
        audience=["public"] if everyone else ["members"],
        published_at=person.date_joined,
        data={"name": person.get_full_name(), **(place_facts(position) if position else {})},
    )


def teaching_facets(person: User) -> dict[str, list[str]]:
    if ProfilePart.TEACHING not in person.shown_parts:
        # Without it the entry would be counted under the language of its words.
        return {"language": []}
    return {
        "subject": [subject.code for subject in person.subjects.all()],
        "grade": [grade.code for grade in person.grades.all()],
        "language": person.languages,
    }


def shown_position(person: User) -> Position | None:
    """Where she works, unless she keeps it to herself or the school is still a proposal."""
    position = person.main_position
    hidden = not position or ProfilePart.SCHOOL not in person.shown_parts or position.school.state == School.State.PROPOSED
    return None if hidden else position


def school_facets(school: School) -> dict[str, list[str]]:
    return {"region": [school.region.code], "school_type": [school.type.code] if school.type else []}


def workplace_facets(school: School) -> dict[str, list[str]]:
    """The school itself is asked for by its page alone: as a filter it would be a list of thousands."""
    return school_facets(school) | {"school": [str(school.pk)]}


def place_facts(position: Position) -> dict:
    school = position.school
    names = {"kk": school.name_kk, "ru": school.name_ru, "en": school.name_en}
    return {"post": position.role, "school": names, "confirmed": bool(position.confirmed_at)}


def index_people(ids: Iterable[int]) -> None:
    people = list(directory().filter(pk__in=ids))
    put_entries(map(person_entry, people))
    for hidden in set(ids) - {person.pk for person in people}:
        remove_entry("people", hidden)


def index_person(person: User) -> None:
    index_people([person.pk])


def follow_address(sender, email_address, **kwargs) -> None:
    """allauth proves addresses by its own code, so its signal is followed."""
    index_people([email_address.user_id])
