"""RSS in the language of the address. Everybody is given what a guest may read, for a feed reader has no session."""

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from wagtail.models import Page

from .editorial import public_pages
from .models import ArticlePage, EventPage, SectionPage

SHOWN = 30
KEPT_SECONDS = 600


def as_view(feed: Feed):
    return cache_control(public=True, max_age=KEPT_SECONDS)(conditional_page(feed))


def of_portal(title: str) -> str:
    return f"{title} · " + gettext("Teachers' portal")


class PagesFeed(Feed):
    """All that the editors publish in a language."""

    def title(self):
        return of_portal(gettext("News"))

    def link(self):
        return reverse("home")

    def description(self):
        return gettext("What the editors of the teachers' portal have published")

    def items(self):
        return self.newest(public_pages().filter(locale__language_code=get_language()))

    def newest(self, pages):
        return pages.type(ArticlePage, EventPage).order_by("-first_published_at", "-pk").specific()[:SHOWN]

    def item_title(self, page: Page):
        return page.title

    def item_description(self, page: Page):
        return page.lead

    def item_link(self, page: Page):
        return page.url

    def item_pubdate(self, page: Page):
        return localtime(page.first_published_at)

    def item_updateddate(self, page: Page):
        return localtime(page.last_published_at)


class SectionFeed(PagesFeed):
    def get_object(self, request, pk: int):
        return get_object_or_404(public_pages(SectionPage).filter(locale__language_code=get_language()), pk=pk)

    def title(self, section):
        return of_portal(section.title)

    def link(self, section):
        return section.url

    def description(self, section):
        return section.lead or section.title

    def items(self, section):
        return self.newest(public_pages().child_of(section))


pages_feed, section_feed = as_view(PagesFeed()), as_view(SectionFeed())
