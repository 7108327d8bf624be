"""New entries look for the saved searches that they answer, without the person who publishes waiting for it."""

from django.conf import settings
from django_tasks import task

from search import sources
from search.models import Entry

from . import actions
from .models import SavedSearch
from .tasks import enqueue


def register() -> None:
    sources.entries_changed.append(follow_entries)


def follow_entries(entries: list[Entry]) -> None:
    """Two queries, however many searches are saved."""
    shown = [entry for entry in entries if entry.source in settings.SEARCH_TABS]
    if shown and SavedSearch.objects.filter(created_at__lt=max(entry.published_at for entry in shown)).exists():
        enqueue(tell_of_entries, *(entry.pk for entry in shown))


@task()
def tell_of_entries(*ids: int) -> None:
    for pk in ids:
        actions.tell_of_entry(pk)
