"""How groups and what is said in them are found: a topic is an entry, each of its posts a passage."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from portal.models import Network
from portal.models.people import LANGUAGES
from portal.text import plain
from portal.vocabularies import (
    chooser,
    current_regions,
    current_subjects,
    former_codes,
    former_regions,
    former_subjects,
    grade_labels,
    language_labels,
    region_labels,
    renewer,
    subject_labels,
)  # fmt: skip
from search import audiences, sources
from search.entries import BATCH, Findable, Part, put_entry, put_part, remove_entry, remove_part

from .models import Group, Membership, Post, Topic

SUMMARY_LETTERS = 300


def access_labels(codes: Iterable[str]) -> dict:
    return {code: word for code, word in Group.ACCESS_WORDS.items() if code in set(codes)}


GROUP_FACETS = (
    sources.Facet("subject", _("Subject"), subject_labels, current_subjects, former_subjects),
    sources.Facet("language", _("Language"), language_labels),
    sources.Facet("region", _("Region"), region_labels, current_regions, former_regions),
    sources.Facet("grade", _("Grade"), grade_labels),
    sources.Facet("network", _("Network of schools"), chooser(Network), renewer(Network), former_codes(Network)),
    sources.Facet("access", _("Who comes in"), access_labels),
)


def register() -> None:
    audiences.register(group_tokens)
    sources.register(sources.Source("groups", _("Groups"), "community/group_row.html", visible_groups, group_entries, GROUP_FACETS))


def group_tokens(user) -> list[str]:
    """One for each of her groups: joining one writes nothing anew."""
    if not user.is_authenticated:
        return []
    return [f"group:{pk}" for pk in Membership.objects.filter(user=user).order_by().values_list("group", flat=True)]


def index_post(post: Post) -> None:
    """The first post brings the entry of its topic; every other one writes no more than its own passage."""
    if post.number == 1:
        put_entry(topic_entry(post.topic))
    elif post.state == Post.State.SHOWN:
        put_part("topics", post.topic_id, Part(text=plain(post.text), number=post.number, language=post.language))
    else:
        remove_part("topics", post.topic_id, post.number)


def topic_entry(topic: Topic) -> Findable:
    group = topic.group
    posts = topic.posts.shown().order_by("number")
    first = posts.first()
    return Findable(
        source="topics",
        object_id=topic.pk,
        language=topic.language,
        title=topic.title,
        summary=plain(first.text)[:SUMMARY_LETTERS] if first else "",
        parts=[Part(text=plain(post.text), number=post.number, language=post.language) for post in posts.iterator(BATCH)],
        audience=["public"] if group.is_open else [group.token],
        container=group.token,
        published_at=topic.created_at,
        data={"url": topic.address},
    )


def visible_groups(user, ids: Iterable[int]) -> set[int]:
    return set(Group.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


def findable_groups():
    return Group.objects.filter(hidden_at=None).select_related("subject", "region", "school", "network").prefetch_related("grades")


def group_entries() -> Iterator[Findable]:
    return map(group_entry, findable_groups().iterator(BATCH))


def group_entry(group: Group) -> Findable:
    """A hidden group is found by its members alone."""
    names, purposes = group.names, {code: getattr(group, f"purpose_{code}") for code in group.languages}
    language, *others = names
    return Findable(
        source="groups",
        object_id=group.pk,
        language=language,
        title=names[language],
        names=[names[code] for code in others],
        keywords=group_keywords(group),
        parts=[Part(text=text, language=code) for code, text in purposes.items()],
        facets=group_facets(group),
        audience=[group.token] if group.is_hidden else ["public"],
        container=group.token,
        published_at=group.created_at,
        data={
            "url": group.address,
            "names": names,
            "purposes": {code: text[:SUMMARY_LETTERS] for code, text in purposes.items()},
            "members": group.members_count,
            "archived": bool(group.archived_at),
        },
    )


def group_facets(group: Group) -> dict[str, list[str]]:
    rows = {"subject": group.subject, "region": group.region, "network": group.network}
    return {
        **{name: [row.code] if row else [] for name, row in rows.items()},
        "grade": [grade.code for grade in group.grades.all()],
        "language": group.languages,
        "access": [group.access],
    }


def group_keywords(group: Group) -> list[str]:
    """Its subject, its region and its school in every language, although it does not name them itself."""
    rows = [row for row in (group.subject, group.region, group.school) if row]
    return [name for row in rows for code, _label in LANGUAGES if (name := getattr(row, f"name_{code}"))]


def index_groups(ids: Iterable[int]) -> None:
    found = {group.pk: group for group in findable_groups().filter(pk__in=ids)}
    for pk in ids:
        if pk in found:
            put_entry(group_entry(found[pk]))
        else:
            remove_entry("groups", pk)


def index_group(group: Group) -> None:
    index_groups([group.pk])
