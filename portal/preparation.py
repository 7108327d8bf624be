"""What a new portal starts with: languages, home pages, sections, groups of editors. Repeating it changes nothing."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from markdown_it import MarkdownIt
from wagtail.models import Locale, Page, Site, Task, Workflow
from wagtail.rich_text import RichText

from search.models import Synonym
from search.synonyms import forget_synonyms

from .editors import make_editors
from .models import ArticlePage, Holiday, HomePage, SectionPage
from .slugs import make_slug
from .vocabulary_data import read

PORTS = {"http": 80, "https": 443}
SOURCE_LANGUAGE = "kk"
HOLIDAYS = settings.BASE_DIR / "portal" / "data" / "holidays.csv"
SYNONYMS = settings.BASE_DIR / "portal" / "data" / "synonyms.csv"
MARKDOWN = MarkdownIt("commonmark", {"html": False})

HOME = {
    "kk": {
        "title": "Мұғалімдер бөліскен сабақ материалдары",
        "lead": "Қазақстан мұғалімдерінің жоспарлары, тапсырмалары мен слайдтары: керегіңізді табыңыз, өзіңіздікімен бөлісіңіз.",
        "examples": "бөлшектер, фотосинтез, ҚМЖ 5-сынып, шешендік сөздер",
    },
    "ru": {
        "title": "Материалы к урокам, которыми делятся учителя",
        "lead": "Планы, задания и слайды учителей Казахстана: найдите нужное, поделитесь своим.",
        "examples": "причастный оборот, фотосинтез, КСП 5 класс, рабочий лист",
    },
    "en": {
        "title": "Lesson materials shared by teachers",
        "lead": "Plans, tasks and slides by teachers of Kazakhstan: find what you need, share what you have.",
        "examples": "paragraph, vocabulary, lesson plan grade 5, worksheet",
    },
}
# What stands on a home page until its editors choose otherwise
HOME_BODY = [("newest", {"count": 8}), ("subjects", None), ("news", None), ("events", {"count": 3})]
SECTIONS = {
    "news": {"kk": "Жаңалықтар", "ru": "Новости", "en": "News"},
    "events": {"kk": "Іс-шаралар", "ru": "События", "en": "Events"},
    "about": {"kk": "Портал туралы", "ru": "О портале", "en": "About the portal"},
}


@transaction.atomic
def prepare() -> None:
    homes = make_home_pages()
    for slug, titles in SECTIONS.items():
        section = None
        for language, home in homes.items():
            kind = {"is_news": slug == "news", "is_events": slug == "events"}
            section = make_section(titles[language], home, slug=slug, translation_of=section, **kind)
    make_editors(list(homes.values()))
    load_holidays()
    load_synonyms()


def load_holidays() -> None:
    """The first ones; from then on editors keep them."""
    if not Holiday.objects.exists():
        Holiday.objects.bulk_create(Holiday(**line) for line in read(HOLIDAYS))


def load_synonyms() -> None:
    """As with holidays."""
    if not Synonym.objects.exists():
        Synonym.objects.bulk_create(Synonym(**line) for line in read(SYNONYMS))
        forget_synonyms()


def make_home_pages() -> dict[str, HomePage]:
    """A home page for each language, the Kazakh one first; it becomes the root of the site in place of Wagtail's welcome."""
    homes, source = {}, None
    for language in sorted(dict(settings.LANGUAGES), key=lambda code: code != SOURCE_LANGUAGE):
        locale = Locale.objects.get_or_create(language_code=language)[0]
        homes[language] = HomePage.objects.filter(locale=locale).first() or publish(
            HomePage(slug=language, locale=locale, body=HOME_BODY, **linked(source), **HOME[language]), Page.get_first_root_node()
        )
        source = source or homes[language]
    lead_to(source)
    return homes


def lead_to(home: HomePage) -> None:
    """Full addresses of pages, in letters and for other sites, begin with the one of the portal."""
    way = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.root_page_id and site.root_page_id != home.pk else None
    site.hostname, site.port = way.hostname, way.port or PORTS[way.scheme]
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
    if welcome and welcome.specific_class is Page:
        welcome.delete()
        # Wagtail's own workflow, task and group
        Workflow.objects.all().delete()
        Task.objects.all().delete()
        Group.objects.filter(name="Moderators").delete()


def make_section(title: str, parent: Page, *, slug: str = "", translation_of=None, **fields) -> SectionPage:
    slug = slug or make_slug(title)
    section = SectionPage(title=title, slug=slug, locale=parent.locale, **fields, **linked(translation_of))
    return SectionPage.objects.child_of(parent).filter(slug=slug).first() or publish(section, parent)


def make_article(
    title: str,
    body_markdown: str,
    language: str,
    parent: Page,
    translation_of: ArticlePage | None = None,
    footer_place: str = "",
    lead: str = "",
    published_at=None,
) -> ArticlePage:
    """A published article in the tree of its language; the same slug under the same parent is the same article."""
    locale = Locale.objects.get(language_code=language)
    parent = parent.get_translation(locale) if parent.locale_id != locale.pk else parent
    slug = translation_of.slug if translation_of else make_slug(title)
    article = ArticlePage(
        title=title,
        slug=slug,
        locale=locale,
        lead=lead,
        footer_place=footer_place,
        body=[("text", RichText(MARKDOWN.render(body_markdown)))],
        first_published_at=published_at,
        **linked(translation_of),
    )
    return ArticlePage.objects.child_of(parent).filter(slug=slug).first() or publish(article, parent)


def linked(source) -> dict:
    """What joins a page to the one it translates."""
    return {"translation_key": source.translation_key} if source else {}


def publish(page, parent: Page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
