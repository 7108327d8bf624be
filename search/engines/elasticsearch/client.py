"""Two ways to the servers: readers are not kept waiting, whoever feeds has patience."""

from functools import cache

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer

# Of the time that a reader's question has, the servers take so much; what they have by then is not all, and counts as a failure.
SERVERS_SHARE = 0.6
FEED_SECONDS = 60


class Incomplete(Exception):
    """Not all of the index has answered."""


FAILURES = (TransportError, ApiError, Incomplete)


@cache
def readers() -> Elasticsearch:
    """One that answers, or fails, within two attempts: a node that hangs is left aside for half a minute."""
    return Elasticsearch(
        **access(),
        request_timeout=settings.ELASTICSEARCH["read_seconds"],
        max_retries=1,
        retry_on_timeout=True,
        dead_node_backoff_factor=30,
    )


@cache
def feeders() -> Elasticsearch:
    return Elasticsearch(**access(), request_timeout=FEED_SECONDS, max_retries=3, retry_on_timeout=True, serializer=OrjsonSerializer())


def servers_limit() -> str:
    return f"{settings.ELASTICSEARCH['read_seconds'] * SERVERS_SHARE * 1000:.0f}ms"


def access() -> dict:
    known = settings.ELASTICSEARCH
    found = {"hosts": known["hosts"]}
    if known["api_key"]:
        found["api_key"] = known["api_key"]
    elif known["user"]:
        found["basic_auth"] = (known["user"], known["password"])
    if known["ca"]:
        found["ca_certs"] = known["ca"]
    return found
