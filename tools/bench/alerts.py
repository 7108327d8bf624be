"""What it takes to see which of very many saved searches a new thing answers, and to tell whose they are."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from random import Random
from statistics import median, quantiles
from typing import Any, NamedTuple

from django.db import transaction

from portal.actions.saved_searches import answered_by, plain_question, tell_of_entry
from portal.models import SavedSearch, SavedSearchTerm, User
from search.alerts import keys_of, wishes_of
from search.analysis import stem, tokenize
from search.models import Entry

from .engine import words_by_frequency
from .texts import SEED, texts

BATCH, ENTRIES = 5000, 20
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
# Of the texts: nobody waits for what stands in more of them
COMMON = 0.05


class Measured(NamedTuple):
    """Milliseconds to find what a thing answers, median and 95th; how many that is; and to find it and tell of it, median."""

    median: float
    high: float
    answered: float
    told: float


def measure_alerts(number: int) -> Measured:
    """Of things that are there; nothing of it stays."""
    with transaction.atomic():
        save_searches(number)
        chosen = Random(SEED).sample(list(Entry.objects.filter(source="materials")), ENTRIES)
        answered = [timed(answered_by, entry) for entry in chosen]
        told = [timed(tell_of_entry, entry.pk) for entry in chosen]
        transaction.set_rollback(True)
    parts = quantiles([milliseconds for milliseconds, _found in answered], n=20)
    return Measured(parts[9], parts[18], median(len(found) for _time, found in answered), median(time for time, _none in told))


def timed(function: Callable, *args) -> tuple[float, Any]:
    began = time.perf_counter()
    result = function(*args)
    return (time.perf_counter() - began) * 1000, result


def save_searches(number: int) -> None:
    """Two or three words that stand in one text, half of them with a grade."""
    random, people = Random(SEED), list(User.objects.filter(email__startswith="person").order_by("pk"))
    for first in range(0, number, BATCH):
        searches = [question(random, people[n % len(people)], n) for n in range(first, min(first + BATCH, number))]
        SavedSearch.objects.bulk_create(searches)
        SavedSearchTerm.objects.bulk_create(
            SavedSearchTerm(search=saved, term=term, beside=beside)
            for saved in searches
            for term, beside in keys_of(saved.wished, lambda word, query: holding().get(word.stems[0], 1))
        )


def question(random: Random, user: User, n: int) -> SavedSearch:
    words = random.choice(telling_words())
    text = " ".join(random.sample(words, min(random.randint(2, 3), len(words))))
    saved = plain_question(text, "materials", {"grade": [str(random.randint(1, 11))]} if random.random() < 0.5 else {})
    saved.user, saved.name, saved.created_at, saved.digest = user, text, BEFORE, f"{n:064}"
    saved.wishes = wishes_of(saved.wished)
    return saved


@cache
def holding() -> dict[str, int]:
    """How many texts hold a word, by its stem."""
    return {stem(word): number for word, number in words_by_frequency()}


@cache
def telling_words() -> list[list[str]]:
    """Of each text those that few others hold."""
    few = COMMON * len(texts())
    found = [[word for word in tokenize(told.page) if len(word) > 3 and holding().get(stem(word), 0) < few] for told in texts()]
    return [words for words in found if words]
