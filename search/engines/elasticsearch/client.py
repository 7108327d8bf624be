"""Two ways to the servers: readers are not kept waiting, whoever feeds has patience."""

from functools import cache

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

READ_SECONDS = 0.5
SERVER_READ_LIMIT = "300ms"
FEED_SECONDS = 60


class Incomplete(Exception):
    """Not all of the index has answered."""


FAILURES = (TransportError, ApiError, Incomplete)


@cache
def readers() -> Elasticsearch:
    """One that answers, or fails, within a second: a node that hangs is left aside for half a minute."""
    return Elasticsearch(**access(), request_timeout=READ_SECONDS, max_retries=1, retry_on_timeout=True, dead_node_backoff_factor=30)


@cache
def feeders() -> Elasticsearch:
    return Elasticsearch(**access(), request_timeout=FEED_SECONDS, max_retries=3, retry_on_timeout=True)


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
