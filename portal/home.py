"""What stands on the editors' home and section pages besides their own words."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import get_language

from search.find import newest, search
from search.query import SearchQuery

from .editorial import page_language_links
from .models import ArticlePage, HomePage, SectionPage
from .seams import filled, page_slots
from .vocabularies import subject_labels

NEWS_SHOWN = 3
NEWS_ON_A_PAGE = 20


def home_context(page, request) -> dict:
    return {
        "language_links": page_language_links(page),
        "newest": newest(user=request.user, source="materials", size=8),
        "subjects": subjects_with_counts(request.user),
        "news": latest_news(page),
        "slots": filled(page_slots["home"], request, page),
    }


def subjects_with_counts(user) -> list[dict]:
    """Subjects that have materials this reader may find, in the order of the vocabulary."""
    query = SearchQuery.for_user(user, sources=("materials",), wanted=("subject",), size=1, sort="newest")
    counts = {facet.code: facet.count for facet in search(query, user=user).facets.get("subject", [])}
    address = reverse("materials")
    return [
        {"name": name, "count": counts[code], "url": f"{address}?subject={code}"} for code, name in subject_labels(counts).items()
    ]


def news_of(home):
    sections = SectionPage.objects.child_of(home).live().public().filter(is_news=True)
    articles = ArticlePage.objects.live().public().order_by("-first_published_at", "-pk")
    return [(section, articles.child_of(section)) for section in sections[:1]]


def latest_news(home) -> dict | None:
    for section, articles in news_of(home):
        return {"section": section, "articles": list(articles[:NEWS_SHOWN])}
    return None


def section_context(page, request) -> dict:
    articles = ArticlePage.objects.child_of(page).live().public()
    order = ("-first_published_at", "-pk") if page.is_news else ("path",)
    paginator = Paginator(articles.order_by(*order), NEWS_ON_A_PAGE)
    return {"language_links": page_language_links(page), "articles": paginator.get_page(request.GET.get("page"))}


def start_news(request) -> dict:
    """News of the portal in the reader's language, for a person's start page."""
    home = HomePage.objects.live().filter(locale__language_code=get_language()).first()
    return {"news": latest_news(home) if home else None}
