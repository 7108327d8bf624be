"""What an article is composed of."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(label=_("Whose words"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "portal/blocks/quote.html"


def embed_address(address: str) -> str | None:
    """The address that plays a video within our page, or None when its host is not one we allow."""
    parts = urlsplit(address)
    host, key = parts.netloc.removeprefix("www."), parts.path.strip("/").split("/")[-1]
    if host == "youtube.com" and parts.query.startswith("v="):
        key = parts.query.removeprefix("v=").split("&")[0]
    players = {
        "youtube.com": "https://www.youtube-nocookie.com/embed/",
        "youtu.be": "https://www.youtube-nocookie.com/embed/",
        "vimeo.com": "https://player.vimeo.com/video/",
    }
    player = players.get(host)
    allowed = player and any(player.startswith(allowed) for allowed in settings.VIDEO_HOSTS)
    return f"{player}{key}" if allowed and key.replace("-", "").replace("_", "").isalnum() else None


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
        if not embed_address(value["address"]):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Only videos of YouTube and Vimeo can be shown here."))}
            )
        return value

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"embed": embed_address(value["address"])}


class SearchListBlock(blocks.StructBlock):
    """A stored query: the list is always as new as what it finds."""

    title = blocks.CharBlock(label=_("Title"))
    words = blocks.CharBlock(label=_("Words"), required=False)
    source = blocks.ChoiceBlock(
        choices=[("materials", _("Materials")), ("pages", _("Pages and news"))], default="materials", label=_("Where")
    )
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=20, default=5)

    class Meta:
        icon = "list-ul"
        label = _("List of search results")
        template = "portal/blocks/search_list.html"


class FileBlock(DocumentChooserBlock):
    class Meta:
        icon = "doc-full"
        label = _("File")
        template = "portal/blocks/file.html"


class ArticleBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]
    )
    picture = ImageBlock(label=_("Picture"), template="portal/blocks/picture.html")
    quote = QuoteBlock()
    file = FileBlock()
    video = VideoBlock()
    search_list = SearchListBlock()
