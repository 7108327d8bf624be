"""What the demo tells, read from `demo_content`, and the people it tells it of."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import cycle
from pathlib import Path

from portal.demo import lines_of_people, make_person
from portal.models import Letter, Notice, School, User
from portal.slugs import make_slug

NEWS = 4
CONTENT = Path(__file__).parents[1] / "demo_content"


@cache
def read(name: str) -> dict:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8"))


def known_people() -> dict[str, User]:
    """Those whom the other rooms know too, by their key."""
    users = {user.email_key: user for user in User.objects.all()}
    return {line["key"]: users[line["email"]] for line in lines_of_people()}


def invent_people(name: str) -> list[User]:
    """Those of the cohorts alone. Nobody signs in as one of them: they have no password."""
    schools = {school.code: school for school in School.objects.filter(is_sample=True)}
    people = []
    for family_name, given_name, language, school, post, subject in read("people")[name]:
        named = {"family_name": family_name, "given_name": given_name, "language": language}
        works = {"school": schools[f"sample-{school:03}"], "post": post, "subjects": [subject]}
        address = f"{make_slug(f'{given_name} {family_name}')}@example.org"
        people.append(make_person(address, password=None, languages=[language], **named, **works))
    return people


def read_news(since: datetime) -> None:
    """What happened weeks ago was told weeks ago: no letter goes out for it, and everybody has read all but the last of it."""
    Letter.objects.filter(notices__happened_at__gte=since).delete()
    told = Notice.objects.filter(happened_at__gte=since)
    for user in User.objects.filter(pk__in=told.values("user")):
        unread = told.filter(user=user)[: NEWS if user.has_usable_password() else 0]
        told.filter(user=user).exclude(pk__in=[notice.pk for notice in unread]).update(read_at=since)


class Voices:
    """The next thing to say in somebody's language."""

    def __init__(self, told: dict[str, list]):
        self.lines: dict[str, Iterator] = {language: cycle(lines) for language, lines in told.items()}

    def next(self, user: User):
        return next(self.lines.get(user.interface_language) or self.lines["kk"])


def ideas() -> dict[str, list[dict]]:
    """By language; without the one whose story is told."""
    found = defaultdict(list)
    for idea in read("ideas")["idea"]:
        if idea["title"] != read("course")["story"]["idea"]:
            found[idea["language"]].append(idea)
    return found


def idea_of_story() -> dict:
    return next(idea for idea in read("ideas")["idea"] if idea["title"] == read("course")["story"]["idea"])
