"""What an article is composed of."""

import re
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from search.find import newest, search
from search.query import SearchQuery
from search.results import Hit, Segment


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Whose words"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "portal/blocks/quote.html"


PLAYERS = {
    r"https?://(?:www\.|m\.)?youtube\.com/(?:watch\?(?:.*&)?v=|shorts/|live/|embed/)([\w-]+)": "https://www.youtube-nocookie.com/embed/",
    r"https?://youtu\.be/([\w-]+)": "https://www.youtube-nocookie.com/embed/",
    r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d+)": "https://player.vimeo.com/video/",
}


def embed_address(address: str) -> str | None:
    """The address that plays a video within our page, or None when its host is not one we allow."""
    for pattern, player in PLAYERS.items():
        found = re.match(pattern, address)
        if found and any(player.startswith(allowed) for allowed in settings.VIDEO_HOSTS):
            return player + found[1]
    return None


class VideoBlock(blocks.StructBlock):
    """A link; the player is loaded only when the reader presses it."""

    title = blocks.CharBlock(label=_("Title"))
    address = blocks.URLBlock(label=_("Address of the video"), help_text=_("YouTube or Vimeo."))

    class Meta:
        icon = "media"
        label = _("Video")
        template = "portal/blocks/video.html"

    def clean(self, value):
        value = super().clean(value)
        if value["address"] and not embed_address(value["address"]):
            raise blocks.StructBlockValidationError({"address": ValidationError(_("Only videos of YouTube and Vimeo can be shown here."))})
        return value

    def get_context(self, value, parent_context=None):
        site = (urlsplit(value["address"]).hostname or "").removeprefix("www.")
        return super().get_context(value, parent_context) | {"embed": embed_address(value["address"]), "site": site}


def reader_of(context: dict):
    """Who reads a block; a guest where nothing asked for the page."""
    request = context.get("request")
    return request.user if request else AnonymousUser()


class SearchListBlock(blocks.StructBlock):
    """A stored query: the list is always as new as what it finds, and shows each reader what she may see."""

    title = blocks.CharBlock(label=_("Title"))
    words = blocks.CharBlock(label=_("Words to search for"), required=False, help_text=_("Without words the newest are listed."))
    source = blocks.ChoiceBlock(
        choices=[("materials", _("Materials")), ("pages", _("Pages and news"))], default="materials", label=_("Where")
    )
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=20, default=5)

    class Meta:
        icon = "list-ul"
        label = _("List of search results")
        template = "portal/blocks/search_list.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        reader = reader_of(context)
        query = SearchQuery.for_user(reader, text=value["words"] or "", sources=(value["source"],), size=value["count"])
        found = search(query, user=reader) if query.text else newest(user=reader, sources=query.sources, size=query.size)
        all_url = f"{reverse('search')}?{urlencode({'q': query.text, 'in': value['source']})}"
        return context | {"hits": [unmarked(hit) for hit in found], "all_url": all_url}


def unmarked(hit: Hit) -> Hit:
    """An editor's list shows no words of a search, for its reader searched nothing."""
    return replace(hit, title=(Segment(hit.entry.title, False),), excerpt=(), passage=None)


class FileBlock(DocumentChooserBlock):
    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "portal/blocks/file.html"

    def get_context(self, value, parent_context=None):
        from .files.kinds import BY_ENDING

        ending = value.file_extension.lower()
        kind = BY_ENDING[ending].kind if ending in BY_ENDING else ""
        return super().get_context(value, parent_context) | {"kind": kind, "facts": [ending, filesizeformat(value.get_file_size())]}


class ScreenshotBlock(blocks.StructBlock):
    """A picture of the portal itself, made anew with every version: an editor who wants another one takes a picture of her own."""

    name = blocks.CharBlock(label=_("Name of the screenshot"))
    alt = blocks.CharBlock(label=_("What it shows"))

    class Meta:
        icon = "view"
        label = _("Screenshot of the portal")
        template = "portal/blocks/screenshot.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = context.get("page")
        language = page.locale.language_code if page else get_language()
        return context | {"address": static_address(f"help/{language}/{value['name']}.webp")}


def static_address(name: str) -> str:
    """Empty for a file that this version of the portal does not have."""
    try:
        return static(name)
    except ValueError:
        return ""


class ArticleBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"])
    picture = ImageBlock(label=_("Picture"), template="portal/blocks/picture.html")
    screenshot = ScreenshotBlock()
    quote = QuoteBlock()
    file = FileBlock()
    video = VideoBlock()
    search_list = SearchListBlock()
