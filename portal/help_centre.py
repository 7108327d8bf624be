"""The help centre: articles that every installation begins with. Each is put up once, in three languages; then it belongs to the editors.

Texts stand in `portal/help/*.toml`, pictures in `portal/help/pictures/<language>/`, made by `tools/help_screenshots.py`.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.rich_text import RichText

from .models import ArticlePage, HelpArticle, HomePage, SectionPage
from .preparation import MARKDOWN, linked, make_home_pages, publish

FOLDER = Path(__file__).parent / "help"
SECTION = {
    "kk": {"title": "Анықтама", "lead": "Порталды қалай пайдалану керек: қысқаша және ретімен."},
    "ru": {"title": "Справка", "lead": "Как пользоваться порталом: коротко и по шагам."},
    "en": {"title": "Help", "lead": "How to use the portal: short, and step by step."},
}
PICTURE = re.compile(r"^!\[(?P<alt>[^\]]+)\]\((?P<name>[a-z-]+)\)$", re.MULTILINE)


def articles() -> list[dict]:
    return [tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))]


@transaction.atomic
def install_help() -> int:
    """Put up the articles that were never there before; returns how many."""
    known = set(HelpArticle.objects.values_list("key", flat=True))
    missing = [article for article in articles() if article["key"] not in known]
    if missing:
        sections = help_sections()
        for article in missing:
            put_up(article, sections)
    return len(missing)


def help_sections() -> dict[str, SectionPage]:
    """The section of each language; one that its editors have moved or renamed is still the one at the foot of the pages."""
    sections, source = {}, None
    for language, home in make_home_pages().items():
        found = SectionPage.objects.filter(locale=home.locale, footer_place="help").first()
        sections[language] = found or make_section(home, language, source)
        source = source or sections[language]
    return sections


def make_section(home: HomePage, language: str, source: SectionPage | None) -> SectionPage:
    section = SectionPage(slug="help", locale=home.locale, footer_place="help", **SECTION[language], **linked(source))
    return publish(section, home)


def put_up(article: dict, sections: dict[str, SectionPage]) -> None:
    source = None
    for language, _name in settings.LANGUAGES:
        text = article[language]
        page = ArticlePage(
            title=text["title"],
            slug=article["key"],
            lead=text["summary"],
            locale=sections[language].locale,
            body=list(blocks(text["body"])),
            **linked(source),
        )
        published = publish(page, sections[language])
        source = source or published
    HelpArticle.objects.create(key=article["key"])


def blocks(body: str) -> Iterator[tuple[str, Any]]:
    """Text, and between it the pictures that stand on lines of their own."""
    end = 0
    for picture in PICTURE.finditer(body):
        yield from text_block(body[end : picture.start()])
        yield "screenshot", {"name": picture["name"], "alt": picture["alt"]}
        end = picture.end()
    yield from text_block(body[end:])


def text_block(text: str) -> Iterator[tuple[str, RichText]]:
    if text.strip():
        yield "text", RichText(MARKDOWN.render(text))
