"""Filling a prepared, empty portal."""

import time
from collections.abc import Callable

from django.db import connection, transaction

from search.engines.embedded import EmbeddedEngine

from .groups import seed_posts
from .materials import seed_materials
from .people import seed_objectives, seed_people, seed_schools

# Of everything else there is as much as belongs to so many materials.
SHARES = {"schools": 0.08, "objectives": 0.3, "people": 0.5, "materials": 1, "posts": 3}
SEEDERS: dict[str, Callable[[int], None]] = {
    "schools": seed_schools,
    "objectives": seed_objectives,
    "people": seed_people,
    "materials": seed_materials,
    "posts": seed_posts,
}


def seed(numbers: dict[str, int], tell: Callable[[str], None] = lambda line: None) -> None:
    for name, seeder in SEEDERS.items():
        began = time.monotonic()
        with transaction.atomic():
            seeder(numbers[name])
        tell(f"{numbers[name]:,} {name}: {time.monotonic() - began:.0f} s")
    EmbeddedEngine().optimise()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def numbers_for(materials: int) -> dict[str, int]:
    return {name: max(int(materials * share), 10) for name, share in SHARES.items()}
