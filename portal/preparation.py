"""What a new portal starts with: languages, home pages, two sections, the group of editors. Repeating it changes nothing."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from markdown_it import MarkdownIt
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site
from wagtail.rich_text import RichText

from .models import ArticlePage, HomePage, SectionPage
from .slugs import make_slug

SOURCE_LANGUAGE = "kk"
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
        "examples": "дроби, фотосинтез, КСП 5 класс, рабочий лист",
    },
    "en": {
        "title": "Lesson materials shared by teachers",
        "lead": "Plans, tasks and slides by teachers of Kazakhstan: find what you need, share what you have.",
        "examples": "fractions, photosynthesis, lesson plan grade 5, worksheet",
    },
}
SECTIONS = {
    "news": {"kk": "Жаңалықтар", "ru": "Новости", "en": "News"},
    "about": {"kk": "Портал туралы", "ru": "О портале", "en": "About the portal"},
}
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
MEDIA_PERMISSIONS = ("add_picture", "change_picture", "choose_picture", "add_document", "change_document", "choose_document")


@transaction.atomic
def prepare() -> None:
    homes = make_home_pages()
    for slug, titles in SECTIONS.items():
        section = None
        for language, home in homes.items():
            section = make_section(titles[language], home, slug=slug, is_news=slug == "news", translation_of=section)
    make_editors()


def make_home_pages() -> dict[str, HomePage]:
    """A home page for each language, the Kazakh one first; it becomes the root of the site in place of Wagtail's welcome."""
    homes, source = {}, None
    for language in sorted(dict(settings.LANGUAGES), key=lambda code: code != SOURCE_LANGUAGE):
        locale = Locale.objects.get_or_create(language_code=language)[0]
        homes[language] = HomePage.objects.filter(locale=locale).first() or publish(
            HomePage(slug=language, locale=locale, **linked(source), **HOME[language]), Page.get_first_root_node()
        )
        source = source or homes[language]
    lead_to(source)
    return homes


def lead_to(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", port=80, is_default_site=True)
    if site.root_page_id == home.pk:
        return
    welcome = site.root_page if site.root_page_id else None
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
    if welcome and welcome.specific_class is Page:
        welcome.delete()
        Group.objects.filter(name="Moderators").delete()


def make_section(title: str, parent: Page, *, slug: str = "", lead: str = "", is_news: bool = False, translation_of=None) -> SectionPage:
    slug = slug or make_slug(title)
    section = SectionPage(title=title, slug=slug, locale=parent.locale, lead=lead, is_news=is_news, **linked(translation_of))
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


def make_editors() -> Group:
    """People of this group write pages in the CMS, after they have set up a second factor like everybody who enters it."""
    editors = Group.objects.get_or_create(name="Editors")[0]
    known = Permission.objects.filter(codename__in=("access_admin", "submit_translation"))
    editors.permissions.add(*known)
    root, files = Page.get_first_root_node(), Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(group=editors, page=root, permission=permission)
    for permission in Permission.objects.filter(content_type__app_label="portal", codename__in=MEDIA_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=files, permission=permission)
    return editors
