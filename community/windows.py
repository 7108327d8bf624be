"""A page of a topic: thirty posts beside a number, however long the topic is. Numbers that are missing are shown as gaps."""

from collections.abc import Iterable
from dataclasses import dataclass

SIZE = 30
# So much of what was said before stands above the post that was asked for.
BEFORE = 5
LARGEST_NUMBER = 2**31 - 1


@dataclass
class Window:
    """`rows` are posts, and numbers of posts that are missing between them; `before` and `after` are where the next windows begin."""

    rows: list
    before: int = 0
    after: int = 0

    @property
    def posts(self) -> list:
        return [row for row in self.rows if not isinstance(row, int)]


def around(posts, number: int, highest: int) -> Window:
    first = max(1, min(number - BEFORE, highest - SIZE + 1))
    found = list(posts.filter(number__gte=first).order_by("number")[:SIZE])
    return window(found, first, last_of(found, highest), highest)


def newer(posts, number: int, highest: int) -> Window:
    found = list(posts.filter(number__gt=number).order_by("number")[:SIZE])
    return window(found, number + 1, last_of(found, highest), highest)


def older(posts, number: int, highest: int) -> Window:
    found = list(posts.filter(number__lt=number).order_by("-number")[:SIZE])[::-1]
    first = found[0].number if len(found) == SIZE else 1
    return window(found, first, min(number - 1, highest), highest)


def last_of(found: list, highest: int) -> int:
    return found[-1].number if len(found) == SIZE else highest


def window(found: list, first: int, last: int, highest: int) -> Window:
    return Window(list(with_gaps(found, first, last)), before=first if first > 1 else 0, after=last if last < highest else 0)


def with_gaps(found: Iterable, first: int, last: int):
    expected = first
    for post in found:
        if post.number > expected:
            yield post.number - expected
        yield post
        expected = post.number + 1
    if last >= expected:
        yield last - expected + 1
