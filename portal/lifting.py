"""What is a reader's own stands a little higher in her results, see `search.ranking`; she may switch it off, which a cookie keeps."""

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language

COOKIE = "own_first"
OFF = "no"
SECONDS = 600


def own_codes(request) -> dict[str, tuple[str, ...]]:
    """Her subjects, grades and languages; of a guest, and when it is off, only the language of the page."""
    own = codes_of(request.user) if request.user.is_authenticated and is_on(request) else {}
    return own | {"language": tuple(dict.fromkeys([get_language(), *own.get("language", ())]))}


def is_on(request) -> bool:
    return request.COOKIES.get(COOKIE) != OFF


def codes_of(user) -> dict[str, tuple[str, ...]]:
    """Every page of results asks for them."""
    return cache.get_or_set(key(user), lambda: read_codes(user), SECONDS)


def read_codes(user) -> dict[str, tuple[str, ...]]:
    return {
        "subject": tuple(user.subjects.values_list("code", flat=True)),
        "grade": tuple(map(str, user.grades.values_list("pk", flat=True))),
        "language": tuple(user.languages),
    }


def forget(user) -> None:
    """After the commit: a page in between would read them as they were."""
    transaction.on_commit(lambda: cache.delete(key(user)))


def key(user) -> str:
    return f"own:{user.pk}"
