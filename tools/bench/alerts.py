"""What it takes to see which of very many saved searches a new thing answers, and to tell whose they are."""

import time
from datetime import UTC, datetime
from random import Random
from statistics import quantiles

from django.db import transaction

from portal.actions.saved_searches import plain_question, tell_of_entry
from portal.models import SavedSearch, SavedSearchTerm, User
from search.alerts import keys_of, wishes_of
from search.analysis import stem, tokenize
from search.models import Entry

from .engine import words_by_frequency
from .texts import SEED, texts

BATCH, ENTRIES = 5000, 10
BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


def measure_alerts(number: int) -> tuple[float, float]:
    """Median and 95th in milliseconds, of things that are there; nothing of it stays."""
    with transaction.atomic():
        save_searches(number)
        chosen = Random(SEED).sample(list(Entry.objects.filter(source="materials").values_list("pk", flat=True)), ENTRIES)
        waits = []
        for pk in chosen:
            began = time.perf_counter()
            tell_of_entry(pk)
            waits.append((time.perf_counter() - began) * 1000)
        transaction.set_rollback(True)
    parts = quantiles(waits[1:], n=20)
    return parts[9], parts[18]


def save_searches(number: int) -> None:
    """Two or three words that stand in one text, half of them with a subject."""
    random, known = Random(SEED), {stem(word): count for word, count in words_by_frequency()}
    people = list(User.objects.filter(email__startswith="person").order_by("pk"))
    for first in range(0, number, BATCH):
        searches = [question(random, people[n % len(people)], n) for n in range(first, min(first + BATCH, number))]
        SavedSearch.objects.bulk_create(searches)
        SavedSearchTerm.objects.bulk_create(
            SavedSearchTerm(search=saved, term=term, beside=beside)
            for saved in searches
            for term, beside in keys_of(saved.wished, lambda word, query: known.get(word.stems[0], 1))
        )


def question(random: Random, user: User, n: int) -> SavedSearch:
    words = [word for word in tokenize(random.choice(texts()).page) if len(word) > 3] or ["сабақ", "жоспары"]
    text = " ".join(random.sample(words, min(random.randint(2, 3), len(words))))
    saved = plain_question(text, "materials", {"grade": [str(random.randint(1, 11))]} if random.random() < 0.5 else {})
    saved.user, saved.name, saved.created_at, saved.digest = user, text, BEFORE, f"{n:064}"
    saved.wishes = wishes_of(saved.wished)
    return saved
