"""What stands on the editors' pages besides their own words."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from search.find import search
from search.query import SearchQuery

from .editorial import latest_news, page_language_links, visible_to
from .events import event_row, events_of_section
from .models import ArticlePage
from .paging import newest_first, oldest_first, place
from .seams import filled, page_slots
from .vocabularies import subject_labels

HOME_DEPTH = 2


def home_context(page, request) -> dict:
    """Subjects stand beside the others on a wide screen, and behind the first of them on a narrow one."""
    beside = [block for block in page.body if block.block_type == "subjects"]
    others = [block for block in page.body if block.block_type != "subjects"]
    return {"first": others[:1], "beside": beside, "rest": others[1:], "slots": filled(page_slots["home"], request, page)}


def subjects_with_counts() -> list[dict]:
    """Subjects in the order of the vocabulary, with the number of materials that anybody may find."""
    guest = AnonymousUser()
    query = SearchQuery.for_user(guest, sources=("materials",), wanted=("subject",), size=1, sort="newest")
    counts = {facet.code: facet.count for facet in search(query, user=guest).facets.get("subject", [])}
    address = reverse("materials")
    return [{"name": name, "count": counts[code], "url": f"{address}?subject={code}"} for code, name in subject_labels(counts).items()]


def section_context(page, request) -> dict:
    listed = events_of_section(page, request) if page.is_events else articles_of_section(page, request)
    return listed | {"language_links": page_language_links(page, request.user)}


def articles_of_section(section, request) -> dict:
    articles = ArticlePage.objects.child_of(section).filter(visible_to(request.user))
    if section.is_news:
        return {"listed": newest_first(request, articles, "first_published_at")}
    return {"listed": oldest_first(request, articles, "path", parse=place)}


def article_context(page, request) -> dict:
    return written_context(page, request) | {"shared_picture": page.picture and page.picture.shared_size()}


def event_context(page, request) -> dict:
    joins = page.is_online and page.join_url and not page.is_over
    return written_context(page, request) | {"event": event_row(page), "joins": joins}


def written_context(page, request) -> dict:
    above = page.get_ancestors().live().filter(depth__gt=1)
    return {
        "language_links": page_language_links(page, request.user),
        "trail": [{"label": _("Home") if step.depth == HOME_DEPTH else step.title, "url": step.url} for step in above],
        "has_video": any(block.block_type == "video" for block in page.body),
    }


def start_news(request) -> dict:
    """News of the portal in the reader's language, for a person's start page."""
    return {"news": latest_news()}
