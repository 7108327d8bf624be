"""Words of the editors under the header. The same few rows for everybody are kept; what of them a reader is shown is asked of her alone."""

import re

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from .guest_pages import forget_guest_pages
from .models import Banner, Role

# Another process may change them, so what is kept is read again after a minute.
KEPT_SECONDS = 60
KEPT = "banners"
COOKIE = "banners"
DISMISSED_AT_MOST = 20
NUMBERS = re.compile(r"\b[0-9]{1,9}\b")
AUDIENCES = {
    Banner.Audience.EVERYONE: lambda banner, user: True,
    Banner.Audience.GUESTS: lambda banner, user: not user.is_authenticated,
    Banner.Audience.MEMBERS: lambda banner, user: user.is_authenticated,
    Banner.Audience.VERIFIED: lambda banner, user: user.is_authenticated and user.is_verified,
    Banner.Audience.COORDINATORS: lambda banner, user: user.is_authenticated and is_coordinator(user),
    Banner.Audience.REGION: lambda banner, user: user.is_authenticated and works_in(user, banner["region_id"]),
}


def forget_banners() -> None:
    forget_guest_pages()
    cache.delete(KEPT)


def read_banners() -> list[dict]:
    """Those that are shown now or will be."""
    return list(Banner.objects.filter(closes_at__gt=timezone.now()).values())


def banners_for(request) -> list[dict]:
    now, hidden = timezone.now(), dismissed(request)
    current = [row for row in cache.get_or_set(KEPT, read_banners, KEPT_SECONDS) if row["opens_at"] <= now < row["closes_at"]]
    return [drawn(row) for row in current if row["id"] not in hidden and AUDIENCES[row["audience"]](row, request.user)]


def drawn(row: dict) -> dict:
    language, link = get_language(), row["link"]
    # A path is one of the portal in the reader's language, unless it names a language itself.
    inside = link.startswith("/") and not link.startswith(("/kk/", "/ru/", "/en/"))
    return {"id": row["id"], "text": row[f"text_{language}"], "kind": row["kind"], "link": f"/{language}{link}" if inside else link}


def is_coordinator(user) -> bool:
    return any(role.name == Role.Name.COORDINATOR for role in user.current_roles)


def works_in(user, region_id: int) -> bool:
    return any(position.school.region_id == region_id for position in user.current_positions)


def dismissed(request) -> set[int]:
    return set(map(int, NUMBERS.findall(request.COOKIES.get(COOKIE, ""))))


def dismissal(request, pk: int) -> str:
    """The cookie of a reader who has read this one too; the oldest fall out of it."""
    return ".".join(map(str, sorted(dismissed(request) | {pk})[-DISMISSED_AT_MOST:]))
