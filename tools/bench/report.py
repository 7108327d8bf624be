"""The numbers beside their limits, for the eye and for `docs/performance.md`."""

import os
import platform
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple


class Line(NamedTuple):
    """`unit` "×" counts in the cost of "ok". A line without a limit is for knowing."""

    label: str
    name: str
    limit: float | None
    unit: str


LINES = [
    Line("“ok”: two letters through the same middleware and server", "ok", None, "ms"),
    Line("home page of a guest", "home", 10, "×"),
    Line("home page of a guest, from the cache", "home, from the cache", 2, "×"),
    Line("page of a material", "material", 10, "×"),
    Line("list of materials, 30 a page", "list", 15, "×"),
    Line("results page, two words", "results", 20, "×"),
    Line("start page of a teacher", "start", 20, "×"),
    Line("topic of a group, 30 posts, for a member", "topic", 20, "×"),
    Line("long topic, its first page", "topic, its first page", 20, "×"),
    Line("long topic, its last page", "topic, its last page", 20, "×"),
    Line("topics of a large group", "topics of a group", 15, "×"),
    Line("topics of a large group, half-way down", "topics of a group, far down", 15, "×"),
    Line("my groups, what is new first", "my groups", 15, "×"),
    Line("questions that wait for an answer", "unanswered", 15, "×"),
    Line("dashboard of a cohort of 500", "dashboard", 25, "×"),
    Line("dashboard of a cohort of 50", "dashboard, small", 25, "×"),
    Line("list of 14,000 applications", "applications", None, "×"),
    Line("list of 14,000 applications, the best first", "applications, the best first", None, "×"),
    Line("engine: rare word, p50", "engine: rare word", 20, "ms"),
    Line("engine: rare word, p95", "engine: rare word, p95", None, "ms"),
    Line("engine: common word with all facets, p50", "engine: common word", 150, "ms"),
    Line("engine: common word with all facets, p95", "engine: common word, p95", None, "ms"),
    Line("engine: three words, p50", "engine: three words", None, "ms"),
    Line("engine: eight words, p50", "engine: eight words", None, "ms"),
    Line("engine: eight words, p95", "engine: eight words, p95", None, "ms"),
    Line("engine: list without words, p50", "engine: no words", None, "ms"),
    Line("anything while typing, p50 of the whole request", "anything while typing, p50", 50, "ms"),
    Line("anything while typing, p95", "anything while typing, p95", None, "ms"),
    Line("a school while typing, p50 of the whole request", "schools while typing, p50", 50, "ms"),
    Line("a school while typing, p95", "schools while typing, p95", None, "ms"),
    Line("a learning objective while typing, p50", "objectives while typing, p50", 50, "ms"),
    Line("a learning objective while typing, p95", "objectives while typing, p95", None, "ms"),
    Line("memory of the worker at its most", "worker", 200, "MiB"),
    Line("1,000 certificates with their sheets, by one process", "certificates", 90, "s"),
]
# Pages cost the same, however much there is: what the machine's own noise may add.
PAGES = ("home", "home, from the cache", "material", "list", "results", "start", "topic", "topic, its last page", "my groups")
FLAT = 1.5


def table(measured: dict[int, dict[str, float]]) -> Iterator[str]:
    sizes = sorted(measured)
    heads = [f"{size:,} materials" for size in sizes]
    yield f"| | limit | {' | '.join(heads)} | holds |"
    yield f"|---|---:|{'---:|' * len(sizes)}---|"
    for line in LINES:
        values = [measured[size][line.name] for size in sizes]
        shown = " | ".join(f"{value:.1f} {line.unit}" for value in values)
        yield f"| {line.label} | {f'{line.limit} {line.unit}' if line.limit else ''} | {shown} | {verdict(line, values)} |"
    if len(sizes) > 1:
        growth = {name: measured[sizes[-1]][name] / measured[sizes[0]][name] for name in PAGES}
        worst = max(growth, key=growth.get)
        flat = "yes" if growth[worst] <= FLAT else "**not yet**"
        yield f"| pages from {sizes[0]:,} to {sizes[-1]:,}: the one that grows most ({worst}) | {FLAT} | | {growth[worst]:.1f} | {flat} |"


def verdict(line: Line, values: list[float]) -> str:
    if line.limit is None:
        return ""
    return "yes" if max(values) <= line.limit else "**not yet**"


def page(tables: list[str], database: str, seeding: dict[int, float]) -> str:
    filled = ", ".join(f"{size:,} materials in {seconds:.0f} s" for size, seconds in sorted(seeding.items()))
    return f"""# What the portal costs

Written by `make bench` on {date.today():%d.%m.%Y}; {os.cpu_count()} cores, Python {platform.python_version()}, {database}, one process of
gunicorn with four threads. Filled in bulk: {filled}; with 100,000 materials go 8,000 schools, 30,000 learning objectives, 50,000 people,
30,000 topics with 300,000 posts, one topic of 20,000 posts, one group of 20,000 members.

Pages are counted in CPU time of the server process for one request, divided by that of a view of this project which answers two letters
through the same middleware, in the same run; so the numbers of two machines can be compared. The time a PostgreSQL server spends is not in
them. Each page is asked for at many addresses. The words that are searched for stand in the seeded texts: a rare one in about one of a
thousand, a common one in up to a half; several words follow each other in a text.

{chr(10).join(tables)}
"""
