"""How groups and what is said in them are found: a topic is an entry, each of its posts a passage."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from portal.models import Network
from portal.models.people import LANGUAGES
from portal.spoken import spoken_grades, spoken_languages, spoken_networks, spoken_regions, spoken_subjects
from portal.tasks import enqueue
from portal.text import words_of
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
from search.entries import BATCH, Findable, Part, put_entry, put_part, remove_entry, remove_part, withdraw
from search.models import Entry

from .models import Group, Membership, Post, Topic

SUMMARY_LETTERS = 300


def kind_labels(codes: Iterable[str]) -> dict:
    return {kind.value: kind.label for kind in Topic.Kind if kind.value in set(codes)}


def solved_labels(codes: Iterable[str]) -> dict:
    named = {"yes": _("solved"), "no": _("not solved yet")}
    return {code: label for code, label in named.items() if code in set(codes)}


TOPIC_FACETS = (
    sources.Facet("subject", _("Subject"), subject_labels, current_subjects, former_subjects, spoken_subjects),
    sources.Facet("language", _("Language"), language_labels, spoken=spoken_languages),
    sources.Facet("kind", _("What it is"), kind_labels),
    sources.Facet("solved", _("Questions"), solved_labels),
)


def access_labels(codes: Iterable[str]) -> dict:
    return {code: word for code, word in Group.ACCESS_WORDS.items() if code in set(codes)}


GROUP_FACETS = (
    sources.Facet("subject", _("Subject"), subject_labels, current_subjects, former_subjects, spoken_subjects),
    sources.Facet("language", _("Language"), language_labels, spoken=spoken_languages),
    sources.Facet("region", _("Region"), region_labels, current_regions, former_regions, spoken_regions),
    sources.Facet("grade", _("Grade"), grade_labels, spoken=spoken_grades),
    sources.Facet("network", _("Network of schools"), chooser(Network), renewer(Network), former_codes(Network), spoken_networks),
    sources.Facet("access", _("Who comes in"), access_labels),
)


def register() -> None:
    audiences.register(group_tokens, of=("topics", "groups"))
    sources.register(
        sources.Source("topics", _("Discussions"), "community/topic_found.html", Topic.objects.visible_to, topic_entries, TOPIC_FACETS)
    )
    sources.register(
        sources.Source("groups", _("Groups"), "community/group_row.html", Group.objects.visible_to, group_entries, GROUP_FACETS)
    )


def group_tokens(user) -> list[str]:
    """One for each of her groups: joining one writes nothing anew."""
    if not user.is_authenticated:
        return []
    return [f"group:{pk}" for pk in Membership.objects.filter(user=user).order_by().values_list("group", flat=True)]


# Topics


def findable_topics():
    return Topic.objects.shown().filter(group__hidden_at=None).select_related("group__subject", "author")


def topic_entries() -> Iterator[Findable]:
    return map(topic_entry, findable_topics().iterator(BATCH))


def topic_entry(topic: Topic) -> Findable:
    group = topic.group
    posts = topic.posts.shown().exclude(number=None).order_by("number")
    opening = posts.filter(number=1).first()
    return Findable(
        source="topics",
        object_id=topic.pk,
        language=topic.language,
        title=topic.title,
        keywords=[getattr(group.subject, f"name_{code}") for code, _label in LANGUAGES] if group.subject else [],
        summary=words_of(opening.html)[:SUMMARY_LETTERS] if opening else "",
        parts=map(post_part, posts.iterator(BATCH)),
        facets=topic_facets(topic),
        audience=["public"] if group.is_open else [group.token],
        container=group.token,
        published_at=topic.created_at,
        signals={"solved": bool(topic.solved_by_id)},
        data={
            "url": topic.address,
            "group": {code: getattr(group, f"name_{code}") for code in group.languages},
            "author": topic.author.get_full_name() if topic.author else "",
        },
    )


def topic_facets(topic: Topic) -> dict[str, list[str]]:
    subject, asked = topic.group.subject, topic.kind == Topic.Kind.QUESTION
    return {
        "subject": [subject.code] if subject else [],
        "language": [topic.language],
        "kind": [topic.kind],
        "solved": ["yes" if topic.solved_by_id else "no"] if asked else [],
    }


def post_part(post: Post) -> Part:
    return Part(text=words_of(post.html), number=post.number, language=post.language)


def index_post(post: Post) -> None:
    """Follow what has become of a post that has a number: an answer writes no more than its own passage."""
    topic = post.topic
    if post.number == topic.highest_number == 1 and post.state == Post.State.SHOWN:
        write_entry(topic.pk)
    elif post.number == 1:
        # It stands in the entry's summary as well.
        (index_topic if post.state == Post.State.SHOWN else unindex_topic)(topic)
    elif Entry.objects.filter(source="topics", object_id=topic.pk).exists():
        follow_answer(post)


def follow_answer(post: Post) -> None:
    if post.state == Post.State.SHOWN:
        put_part("topics", post.topic_id, post_part(post))
    else:
        remove_part("topics", post.topic_id, post.number)


def index_topic(topic: Topic) -> None:
    """Follow another title, kind, language or solution, without anybody waiting for a long topic to be read."""
    enqueue(write_topic, topic.pk)


def unindex_topic(topic: Topic) -> None:
    """Its readers are others now, or none: from this moment it is found by nobody, until its entry is written anew, if it is."""
    withdraw("topics", topic.pk)
    index_topic(topic)


@task()
def write_topic(topic_id: int) -> None:
    write_entry(topic_id)


@task()
def write_topics_of_author(user_id: int) -> None:
    """Her name stands in the entries of what she began."""
    for pk in Topic.objects.filter(author=user_id).order_by().values_list("pk", flat=True):
        write_entry(pk)


@task()
def write_topics_of_group(group_id: int) -> None:
    """Who reads in it has changed, or its subject, its name, or whether it is out of sight."""
    for pk in Topic.objects.filter(group=group_id).order_by().values_list("pk", flat=True):
        write_entry(pk)


@transaction.atomic
def write_entry(topic_id: int) -> None:
    # Held before its posts are read: an answer that comes meanwhile adds its passage afterwards.
    Entry.objects.select_for_update().filter(source="topics", object_id=topic_id).first()
    topic = findable_topics().filter(pk=topic_id).first()
    if topic:
        put_entry(topic_entry(topic))
    else:
        remove_entry("topics", topic_id)


# Groups


# In the directory, newest first, groups that somebody has founded stand before those that are made by themselves.
LISTED_AS_OF = {Group.Origin.SUBJECT: datetime(2000, 1, 2, tzinfo=UTC), Group.Origin.SCHOOL: datetime(2000, 1, 1, tzinfo=UTC)}


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
        published_at=LISTED_AS_OF.get(group.origin, group.created_at),
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


def refresh_groups(ids: Iterable[int]) -> None:
    """Their subject or region is called otherwise now, or has gone into another one: what is said in them is found by it too."""
    index_groups(ids)
    for pk in ids:
        enqueue(write_topics_of_group, pk)
