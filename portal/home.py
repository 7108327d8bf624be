"""What stands on the editors' pages besides their own words."""

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from search.find import newest, search
from search.query import SearchQuery

from .editorial import kept, latest_news, page_language_links, visible_to
from .models import ArticlePage
from .seams import filled, page_slots
from .vocabularies import subject_labels

NEWEST_SHOWN = 8
HOME_DEPTH = 2
ARTICLES_ON_A_PAGE = 20


def home_context(page, request) -> dict:
    return {
        "newest": newest(user=request.user, sources=("materials",), size=NEWEST_SHOWN),
        "subjects": kept("subjects", subjects_with_counts),
        "news": latest_news(),
        "slots": filled(page_slots["home"], request, page),
    }


def subjects_with_counts() -> list[dict]:
    """Subjects in the order of the vocabulary, with the number of materials that anybody may find."""
    guest = AnonymousUser()
    query = SearchQuery.for_user(guest, sources=("materials",), wanted=("subject",), size=1, sort="newest")
    counts = {facet.code: facet.count for facet in search(query, user=guest).facets.get("subject", [])}
    address = reverse("materials")
    return [{"name": name, "count": counts[code], "url": f"{address}?subject={code}"} for code, name in subject_labels(counts).items()]


def section_context(page, request) -> dict:
    articles = ArticlePage.objects.child_of(page).filter(visible_to(request.user))
    order = ("-first_published_at", "-pk") if page.is_news else ("path",)
    shown = Paginator(articles.order_by(*order), ARTICLES_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "language_links": page_language_links(page, request.user),
        "articles": shown,
        "newer_url": f"?page={shown.previous_page_number()}" if shown.has_previous() else "",
        "older_url": f"?page={shown.next_page_number()}" if shown.has_next() else "",
    }


def article_context(page, request) -> dict:
    above = page.get_ancestors().live().filter(depth__gt=1)
    return {
        "language_links": page_language_links(page, request.user),
        "trail": [{"label": _("Home") if step.depth == HOME_DEPTH else step.title, "url": step.url} for step in above],
        "has_video": any(block.block_type == "video" for block in page.body),
        "shared_picture": page.picture and page.picture.shared_size(),
    }


def start_news(request) -> dict:
    """News of the portal in the reader's language, for a person's start page."""
    return {"news": latest_news()}
