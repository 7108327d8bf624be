"""Builders of groups and what is said in them, for the demo and for tests. They call actions."""

import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from portal import text
from portal.demo import lines_of_people
from portal.models import Grade, Subject, User

from . import actions, search
from .checking import mend
from .models import Group, JoinRequest, Membership, Post, Topic

CONTENT = Path(__file__).parent / "demo_content"
# Keys of what is written here: a second run sends the same forms again, and nothing is stored twice.
FORMS = uuid.UUID("0d4f3c1e-5b7a-4e57-9a43-6f1f2f7f7a11")
FOUNDED_DAYS, RETURNED_DAYS = 60, 7
SCHOOL_DAY = (8, 22)
MENTION = re.compile(r"@\{([a-z]+)\}")
NAMES = ("name_kk", "name_ru", "name_en")
FIELDS = (*NAMES, "purpose_kk", "purpose_ru", "purpose_en", "access", "question", "rules")


def make_group(owner: User | None = None, *members: User, name: str = "Математика мұғалімдері", **fields) -> Group:
    group = Group.objects.create(name_kk=name, founder=owner, **fields)
    if owner:
        make_member(group, owner, role=Membership.Role.OWNER)
    for member in members:
        make_member(group, member)
    search.index_group(Group.objects.get(pk=group.pk))
    return group


def make_member(group: Group, user: User, **fields) -> Membership:
    membership = Membership.objects.create(group=group, user=user, joined_at=timezone.now(), **fields)
    Group.objects.filter(pk=group.pk).update(members_count=group.memberships.count())
    return membership


def make_topic(author: User, group: Group, *, title: str = "Бөлшекті қалай түсіндіресіз?", text: str = "Сұрағым бар", **fields) -> Topic:
    return actions.post_topic(author, group, title=title, text=text, key=uuid.uuid4(), **fields).topic


def make_post(author: User, topic: Topic, *, text: str = "Менің тәжірибем мынандай.", **fields) -> Post:
    return actions.reply(author, topic, text=text, key=uuid.uuid4(), **fields)


def demo() -> None:
    """Groups of the demo and what is said in them; what stands already is left alone."""
    users = {user.email_key: user for user in User.objects.all()}
    people = {line["key"]: users[line["email"]] for line in lines_of_people()}
    lines = [line for file in sorted(CONTENT.glob("*.toml")) for line in tomllib.loads(file.read_text("utf-8"))["group"]]
    known = {tuple(names) for names in Group.objects.values_list(*NAMES)}
    missing = [line for line in lines if tuple(line.get(name, "") for name in NAMES) not in known]
    for line in tqdm(missing, desc="groups", disable=not missing):
        make_demo_group(line, people)


def make_demo_group(line: dict, people: dict[str, User]) -> Group:
    named = {name: line[name].strip() for name in FIELDS if name in line}
    subject = Subject.objects.filter(code=line.get("subject")).first()
    now = timezone.localtime()
    group = Group.objects.create(
        **named,
        rules_html=text.render(line.get("rules", "")),
        subject=subject,
        founder=people[line["owner"]],
        created_at=now - timedelta(days=FOUNDED_DAYS),
    )
    group.grades.set(Grade.objects.filter(pk__in=line.get("grades", [])))
    for key, role in roles(line).items():
        make_member(group, people[key], role=role)
    for key, answer in line.get("requests", []):
        asked = actions.ask_to_join(people[key], group, answer=answer)
        JoinRequest.objects.filter(pk=asked.pk).update(asked_at=now - timedelta(days=2))
    for said in line["topic"]:
        make_demo_topic(group, said, people, now)
    # Everybody has been away for some days, so that something is new.
    group.memberships.update(joined_at=group.created_at, read_until=now - timedelta(days=RETURNED_DAYS))
    search.index_group(Group.objects.get(pk=group.pk))
    return group


def roles(line: dict) -> dict[str, str]:
    """Whoever says something in a group belongs to it."""
    speaking = [key for topic in line["topic"] for key in (topic["by"], *(post[0] for post in topic["posts"]))]
    members = dict.fromkeys([*line["members"], *speaking], Membership.Role.MEMBER)
    return members | dict.fromkeys(line.get("stewards", []), Membership.Role.STEWARD) | {line["owner"]: Membership.Role.OWNER}


def make_demo_topic(group: Group, line: dict, people: dict[str, User], now: datetime) -> None:
    keys = (uuid.uuid5(FORMS, f"{line['title']} {number}") for number in range(1, len(line["posts"]) + 2))
    opened = {"title": line["title"], "kind": line.get("kind", Topic.Kind.DISCUSSION)}
    first = actions.post_topic(people[line["by"]], group, text=named(line["text"], people), key=next(keys), **opened)
    posts = [first]
    for key, said in line["posts"]:
        posts.append(actions.reply(people[key], first.topic, text=named(said, people), key=next(keys)))
    spread(posts, moments(now - timedelta(days=line["days"]), line["span"], len(posts)))
    close(first.topic, line, posts)


def named(said: str, people: dict[str, User]) -> str:
    """`@{key}` becomes the mention that the composer would have written."""
    return MENTION.sub(lambda found: f"[@{people[found[1]].get_full_name()}](/people/{people[found[1]].pk}/)", said.strip())


def moments(first_day: datetime, days: int, number: int) -> Iterator[datetime]:
    """By day and in their order: nobody answers at night."""
    midnight = first_day.replace(hour=0, minute=0, second=0, microsecond=0)
    begin, end = (timedelta(hours=hour) for hour in SCHOOL_DAY)
    for place in range(number):
        day, part = divmod(place * days / number, 1)
        yield midnight + timedelta(days=day) + begin + (end - begin) * part + timedelta(minutes=place * 7 % 23)


def spread(posts: list[Post], times: Iterator[datetime]) -> None:
    """A conversation does not happen in one minute: the demo spreads it over days, and what follows from its posts is counted again."""
    for post, moment in zip(posts, times, strict=True):
        Post.objects.filter(pk=post.pk).update(created_at=moment)
        if post.number == 1:
            Topic.objects.filter(pk=post.topic_id).update(created_at=moment)
    mend("topic", {posts[0].topic_id})


def close(topic: Topic, line: dict, posts: list[Post]) -> None:
    topic.refresh_from_db()
    solution = posts[line["solved"] - 1] if "solved" in line else None
    Topic.objects.filter(pk=topic.pk).update(
        solved_by=solution,
        solved_at=topic.bumped_at if solution else None,
        pinned_at=topic.created_at if line.get("pinned") else None,
        locked_at=topic.bumped_at if line.get("locked") else None,
    )
    search.write_entry(topic.pk)
