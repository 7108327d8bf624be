"""What the home page of a language is composed of. Everything is read when the page is drawn, for the one who reads it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from search.find import newest

from .blocks import SearchListBlock, reader_of


class NewestBlock(blocks.StructBlock):
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=20, default=8)

    class Meta:
        icon = "history"
        label = _("Newest materials")
        template = "portal/blocks/newest.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"newest": newest(user=reader_of(context), sources=("materials",), size=value["count"])}


class SubjectsBlock(blocks.StaticBlock):
    class Meta:
        icon = "list-ul"
        label = _("Subjects with numbers of materials")
        admin_text = label
        template = "portal/blocks/subjects.html"

    def get_context(self, value, parent_context=None):
        from .home import subjects_with_counts

        # Drawn once a minute, and only then counted.
        return super().get_context(value, parent_context) | {"subjects": subjects_with_counts}


class NewsBlock(blocks.StaticBlock):
    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        admin_text = label
        template = "portal/news_panel.html"

    def get_context(self, value, parent_context=None):
        from .editorial import latest_news

        return super().get_context(value, parent_context) | {"news": latest_news()}


class EventsBlock(blocks.StructBlock):
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=10, default=3)

    class Meta:
        icon = "date"
        label = _("Coming events")
        template = "portal/blocks/events.html"

    def get_context(self, value, parent_context=None):
        from .events import coming_events

        return super().get_context(value, parent_context) | {"coming": coming_events(), "count": value["count"]}


class VoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What is said"), max_length=400)
    name = blocks.CharBlock(label=_("Who says it"), max_length=100, help_text=_("Of a real person who agreed to be quoted here."))
    role = blocks.CharBlock(label=_("Who it is"), max_length=150, required=False)


class VoicesBlock(blocks.ListBlock):
    class Meta:
        icon = "openquote"
        label = _("What teachers say")
        template = "portal/blocks/voices.html"


class HomeBody(blocks.StreamBlock):
    newest = NewestBlock()
    subjects = SubjectsBlock()
    news = NewsBlock()
    events = EventsBlock()
    search_list = SearchListBlock()
    quotes = VoicesBlock(VoiceBlock())

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("newest", "subjects", "news", "events", "quotes")}
