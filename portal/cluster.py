"""The portal's care for the search cluster, by the clock, where there is one: it hears of changes, administrators of its failures."""

import logging

from django.core.cache import cache
from django_tasks import task

from search import feeding
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.client import FAILURES
from search.engines.understudy import BEHIND_SECONDS
from search.entries import EVERYONE
from search.lag import seconds_behind
from search.models import Entry
from search.query import SearchQuery
from search.upkeep import check_sample

from .models import Role, User
from .notices import tell
from .refs import Ref
from .tasks import enqueue

OUTAGE = "cluster:outage"
TOLD_AGAIN_SECONDS = 24 * 60 * 60
COMPARED = 5000
log = logging.getLogger(__name__)


def feed() -> None:
    """What the cluster does not take is tried alone, and is among the failed tasks when it stays refused."""
    try:
        feeding.feed()
    except feeding.Refused as refused:
        for name in refused.names:
            if cache.add(f"cluster:alone:{name}", True, TOLD_AGAIN_SECONDS):
                enqueue(feed_alone, *name.split(":"))


@task()
def feed_alone(source: str, object_id: str) -> None:
    if refused := feeding.send(Entry.objects.filter(source=source, object_id=int(object_id))):
        raise feeding.Refused(refused)


def watch() -> None:
    """One notice for each outage; it is over when the cluster answers and has caught up."""
    if is_well():
        cache.delete(OUTAGE)
    elif cache.add(OUTAGE, True, TOLD_AGAIN_SECONDS):
        administrators = User.objects.filter(pk__in=Role.objects.current().filter(name=Role.Name.ADMINISTRATOR).values("user"))
        tell(administrators, "understudy", Ref("cluster", 0))


def is_well() -> bool:
    try:
        ElasticsearchEngine().find(SearchQuery(text="readiness", audience={EVERYONE}, size=1))
    except FAILURES:
        return False
    return seconds_behind() < BEHIND_SECONDS


def compare() -> None:
    """A part of the entries each time, so that in some days all have had their turn."""
    if faults := check_sample(COMPARED):
        log.error("The cluster held %d of %d things otherwise than the entries say; mended: %s", len(faults), COMPARED, faults[:10])
