"""What the site reads from the editors' pages."""

from itertools import chain

from django.conf import settings
from django.core.cache import cache
from django.db.models import Case, CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from .guest_pages import forget_guest_pages
from .models import ArticlePage, HomePage, SectionPage

# Another process may publish, so what is kept is read again after a minute.
KEPT_SECONDS = 60
FOOTER_ORDER = ("help", "contact", "terms", "privacy")
NEWS_SHOWN = 3


def visible_to(user=None) -> Q:
    """Live pages which no restriction, their own or of a page above, closes to this reader. For the queryset of any page model."""
    below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Q(~Exists(closing(user).alias(below=below).filter(below__startswith=F("page__path"))), live=True)


def closed_branches(user) -> list[str]:
    """Paths of the restricted pages that do not admit this reader."""
    return list(closing(user).values_list("page__path", flat=True))


def closing(user) -> QuerySet:
    """Restrictions that do not admit this reader. A password admits nobody here: such a page is opened by its address alone."""
    restrictions = PageViewRestriction.objects.all()
    if user is None or not user.is_authenticated:
        return restrictions
    if user.is_superuser:
        return restrictions.filter(restriction_type=PageViewRestriction.PASSWORD)
    closed = restrictions.exclude(restriction_type=PageViewRestriction.LOGIN)
    return closed.exclude(restriction_type=PageViewRestriction.GROUPS, groups__in=user.groups.all())


def public_pages(model=Page):
    """Pages that anybody may read."""
    return model.objects.filter(visible_to())


def kept(name: str, read):
    """What is the same for every guest, kept until an editor changes a page."""
    return cache.get_or_set(f"{name}:{get_language()}", read, KEPT_SECONDS)


def forget_pages() -> None:
    forget_guest_pages()
    cache.delete_many([f"{name}:{code}" for name in ("footer", "news", "events") for code, _label in settings.LANGUAGES])


def footer_pages() -> list[dict]:
    """Title and address of the pages at the foot; a page without a translation is shown in Kazakh."""
    return kept("footer", read_footer_pages)


def read_footer_pages() -> list[dict]:
    """An article, or a whole section."""
    mine_last = Case(When(locale__language_code=get_language(), then=2), When(locale__language_code="kk", then=1), default=0)
    placed = [public_pages(model).exclude(footer_place="").select_related("locale") for model in (ArticlePage, SectionPage)]
    chosen = {page.footer_place: page for page in chain(*(pages.order_by(mine_last, "-pk") for pages in placed))}
    return [
        {"url": chosen[place].url, "title": chosen[place].title, "place": place, "language": chosen[place].locale.language_code}
        for place in FOOTER_ORDER
        if place in chosen
    ]


def latest_news() -> dict:
    """The news section in the reader's language with its latest articles."""
    return kept("news", read_latest_news)


def read_latest_news() -> dict:
    section = public_pages(SectionPage).filter(is_news=True, locale__language_code=get_language()).first()
    if not section:
        return {}
    articles = public_pages(ArticlePage).child_of(section).order_by("-first_published_at", "-pk")[:NEWS_SHOWN]
    return {
        "title": section.title,
        "url": section.url,
        "language": get_language(),
        "articles": [article_row(article) for article in articles],
    }


def article_row(article: ArticlePage) -> dict:
    return {"title": article.title, "lead": article.lead, "url": article.url, "published_at": article.first_published_at}


def home_page(user) -> HomePage | None:
    return HomePage.objects.filter(visible_to(user), locale__language_code=get_language()).first()


def page_at(address: str, user) -> Page | None:
    """Found by its address in one step, where Wagtail walks down the tree."""
    return Page.objects.filter(visible_to(user), url_path=address).specific().first()


def page_elsewhere(address: str, user) -> Page | None:
    """The page that stands at this address in another language than the one asked for."""
    asked, _slash, rest = address.strip("/").partition("/")
    others = [f"/{code}/{rest}/" for code, _label in settings.LANGUAGES if code != asked]
    return Page.objects.filter(visible_to(user), url_path__in=others).order_by("path").first() if rest else None


def translations(page, user):
    """A page and its translations, as far as this reader may see them, Kazakh first."""
    found = Page.objects.filter(visible_to(user), translation_key=page.translation_key)
    return found.select_related("locale").order_by("path")


def page_language_links(page, user) -> list[dict]:
    """Where an editorial page stands in each language; a missing translation leads to a page that says where it exists."""
    addresses = {other.locale.language_code: other.url for other in translations(page, user)}
    # The preview of a page that was never saved has nothing to lead to yet.
    missing = reverse("page_languages", args=[page.pk]) if page.pk else reverse("home")
    current = get_language()
    return [
        {
            "code": code,
            "label": label,
            "url": addresses.get(code) or missing.replace(f"/{current}/", f"/{code}/", 1),
            "current": code == current,
        }
        for code, label in settings.LANGUAGES
    ]
