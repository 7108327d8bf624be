"""Groups, topics and posts in bulk, as the actions would have written them: one long topic, one large group, the rest unevenly spread."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from random import Random

from community.models import Group, Membership, Post, Topic, TopicReader
from community.search import findable_groups, findable_topics, group_entry, topic_entry
from portal import text
from portal.models import Subject, User

from .entries import let_rows_be_counted, load
from .people import TEACHER
from .texts import SEED, texts

BATCH, READ_AT_ONCE = 1000, 200
LAST = datetime(2026, 11, 1, tzinfo=UTC)
POSTS_OF_A_TOPIC = 10
# Of all posts: those of the long topic, and of as many people as there are the members of the large group
LARGE_SHARE = 15
TOPICS_OF_A_GROUP, MEMBERS_OF_A_GROUP = 150, 40
QUESTIONS, UNANSWERED = 0.5, 0.04
READ_BY_TEACHER = 0.5

rendered = cache(text.render)


def seed_posts(number: int) -> None:
    """The first group is the large one, the first topic the long one; the teacher whose pages are measured belongs to the first groups."""
    random = Random(SEED)
    people = list(User.objects.filter(email__startswith="person").order_by("pk").values_list("pk", flat=True))
    large = max(number // LARGE_SHARE, 1)
    groups = seed_groups(max(number // POSTS_OF_A_TOPIC // TOPICS_OF_A_GROUP, 3), people, large, random)
    members = members_of(groups)
    topics = [made_topic(n, groups, random) for n in range(max(number // POSTS_OF_A_TOPIC, 5))]
    lengths = [large, *lengths_of(len(topics) - 1, number - large, random)]
    Topic.objects.bulk_create(topics, batch_size=BATCH)
    for batch in batches(zip(topics, lengths, strict=True)):
        posts = [post for topic, length in batch for post in conversation(topic, length, members[topic.group_id], random)]
        Post.objects.bulk_create(posts, batch_size=BATCH)
    Topic.objects.bulk_update(topics, COUNTED, batch_size=100)
    for group in groups:
        group.topics_count = sum(topic.group_id == group.pk for topic in topics)
    Group.objects.bulk_update(groups, ["topics_count"], batch_size=BATCH)
    read_some(topics, random)
    let_rows_be_counted()
    # The groups of subjects stood in the index before.
    load(map(group_entry, findable_groups().filter(origin=Group.Origin.PEOPLE)))
    load(map(topic_entry, findable_topics().order_by("pk").iterator(READ_AT_ONCE)))


COUNTED = ["author", "created_at", "highest_number", "posts_count", "bumped_at", "last_author", "answered_at"]


def seed_groups(number: int, people: list[int], large: int, random: Random) -> list[Group]:
    subjects = list(Subject.objects.order_by("pk"))
    groups = Group.objects.bulk_create(
        Group(
            name_kk=f"{texts()[n].title} {n + 1}",
            purpose_kk=texts()[n].description[:900],
            subject=subjects[n % len(subjects)],
            access=Group.Access.REQUEST if n % 10 == 9 else Group.Access.OPEN,
            created_at=LAST - timedelta(days=700),
        )
        for n in range(number)
    )
    memberships = []
    for n, group in enumerate(groups):
        wanted = min(large if n == 0 else MEMBERS_OF_A_GROUP, len(people))
        chosen = {people[0], *random.sample(people, wanted)} if n < TOPICS_OF_A_GROUP // 10 else set(random.sample(people, wanted))
        group.members_count = len(chosen)
        for place, person in enumerate(sorted(chosen)):
            role = Membership.Role.OWNER if place == len(chosen) - 1 else Membership.Role.MEMBER
            memberships.append(
                Membership(group=group, user_id=person, role=role, joined_at=group.created_at, read_until=LAST - timedelta(days=200))
            )
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    Group.objects.bulk_update(groups, ["members_count"], batch_size=BATCH)
    return groups


def members_of(groups: list[Group]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {group.pk: [] for group in groups}
    for group, user in Membership.objects.order_by("pk").values_list("group", "user"):
        members[group].append(user)
    return members


def made_topic(n: int, groups: list[Group], random: Random) -> Topic:
    told, asks = texts()[n % len(texts())], random.random() < QUESTIONS
    group = groups[0] if n == 0 else groups[int(len(groups) * random.random() ** 2)]
    kind = Topic.Kind.QUESTION if asks else Topic.Kind.DISCUSSION
    return Topic(group=group, title=f"{told.title} {n + 1}", language=told.language, kind=kind)


def lengths_of(topics: int, posts: int, random: Random) -> list[int]:
    """Together as many as wanted, each at least one; a few questions have no answer."""
    drawn = [random.lognormvariate(0, 1) if random.random() > UNANSWERED else 0 for _ in range(topics)]
    scale = max(posts - topics, 0) / (sum(drawn) or 1)
    lengths = [1 + int(share * scale) for share in drawn]
    lengths[-1] += posts - sum(lengths)
    return lengths


def conversation(topic: Topic, length: int, members: list[int], random: Random) -> Iterator[Post]:
    """The posts of a topic; it is given what follows from them."""
    moment = LAST - timedelta(minutes=random.randrange(600 * 24 * 60))
    topic.author_id, topic.created_at = random.choice(members), moment
    for number in range(1, length + 1):
        told = random.choice(texts())
        author = topic.author_id if number == 1 else random.choice(members)
        if number > 1 and not topic.answered_at and author != topic.author_id and topic.kind == Topic.Kind.QUESTION:
            topic.answered_at = moment
        yield Post(
            topic=topic,
            number=number,
            author_id=author,
            text=told.description,
            html=rendered(told.description),
            language=told.language,
            created_at=moment,
        )
        topic.bumped_at, topic.last_author_id = moment, author
        moment += timedelta(minutes=random.randrange(1, 20))
    topic.highest_number = topic.posts_count = length


def read_some(topics: list[Topic], random: Random) -> None:
    teacher = User.objects.get(email=TEACHER)
    mine = set(Membership.objects.filter(user=teacher).values_list("group", flat=True))
    TopicReader.objects.bulk_create(
        (
            TopicReader(user=teacher, topic=topic, last_read_number=random.randint(1, topic.highest_number))
            for topic in topics
            if topic.group_id in mine and random.random() < READ_BY_TEACHER
        ),
        batch_size=BATCH,
    )


def batches(pairs) -> Iterator[list]:
    while batch := list(islice(pairs, READ_AT_ONCE)):
        yield batch
