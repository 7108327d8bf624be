"""The engines: each answers the same `SearchQuery` with the same `Found`. SEARCH_ENGINE in settings chooses the one that readers ask."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils.module_loading import import_string

from .base import Engine, Found, Match

__all__ = ["ENGINES", "Engine", "Found", "Match", "get_engine", "has_cluster"]

ENGINES = {"embedded": "search.engines.embedded.EmbeddedEngine", "elasticsearch": "search.engines.elasticsearch.ElasticsearchEngine"}
# Readers of the cluster never meet it alone.
ASKED = ENGINES | {"elasticsearch": "search.engines.understudy.UnderstudiedEngine"}


def has_cluster() -> bool:
    """Whether there is one that has to hear of every change."""
    return bool(settings.ELASTICSEARCH["hosts"])


def get_engine(name: str | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Engine:
    """The one that readers ask, or a certain one."""
    path = ENGINES[name] if name else ASKED[settings.SEARCH_ENGINE]
    return import_string(path)(using)
