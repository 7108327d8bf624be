"""Text by members: Markdown in, safe HTML out. Stored rendered."""

from html import unescape

import nh3
from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable("table")
# Whole addresses become links too; `portal.kz` alone may be a slip of the pen.
LINKING = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True}).enable(["table", "linkify"])
LINKING.linkify.set({"fuzzy_link": False, "fuzzy_email": False})
TAGS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def render(text: str, markdown: MarkdownIt = MARKDOWN) -> str:
    """Headings become h3 and h4, so that a page keeps one outline; pictures and raw HTML are dropped."""
    html = markdown.render(text)
    for level, shown in ((1, 3), (2, 3), (5, 4), (6, 4)):
        html = html.replace(f"<h{level}>", f"<h{shown}>").replace(f"</h{level}>", f"</h{shown}>")
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel="nofollow ugc noopener")


def plain(text: str) -> str:
    """The words alone, for search and previews."""
    return words_of(MARKDOWN.render(text))


def words_of(html: str) -> str:
    return " ".join(unescape(nh3.clean(html, tags=set())).split())
