"""Editorial pages: one tree for each language. What members make is rows, never pages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ..blocks import ArticleBody
from ..home_blocks import HomeBody
from ..slugs import SlugForm, free_slug


class EditorialPage(Page):
    """What all pages of the editors share: a sentence under the title, and an address made of Latin letters."""

    lead = models.CharField(_("one sentence under the title"), max_length=300, blank=True)

    base_form_class = SlugForm

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        self.fill_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.fill_slug()
        super().minimal_clean()

    def fill_slug(self) -> None:
        """Wagtail itself drops every letter that is not Latin, and is left with nothing."""
        if self.path and not self.slug:
            self.slug = free_slug(self.title, self.get_parent(), self)


class HomePage(EditorialPage):
    """What the portal is for. Below the words and the search stand the blocks that the editors of a language have chosen."""

    examples = models.CharField(_("examples of searches"), max_length=300, blank=True, help_text=_("Separated by commas."))
    body = StreamField(HomeBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("examples"), FieldPanel("body")]
    template = "portal/pages/home.html"

    class Meta:
        verbose_name = _("home page")

    @property
    def example_list(self) -> list[str]:
        return [example.strip() for example in self.examples.split(",") if example.strip()]

    def get_context(self, request, *args, **kwargs):
        from ..home import home_context

        return super().get_context(request, *args, **kwargs) | home_context(self, request)


class FooterPlace(models.TextChoices):
    NONE = "", _("not in the footer")
    TERMS = "terms", _("terms of use")
    PRIVACY = "privacy", _("privacy policy")
    HELP = "help", _("help")
    CONTACT = "contact", _("contact")


class SectionPage(EditorialPage):
    """A list of what stands under it: news, help, events."""

    is_news = models.BooleanField(_("its articles are news"), default=False)
    is_events = models.BooleanField(
        _("its pages are events"), default=False, help_text=_("What is coming stands first, what is over below.")
    )
    footer_place = models.CharField(_("place in the footer"), max_length=10, choices=FooterPlace, blank=True)

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.ArticlePage", "portal.EventPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("is_news"), FieldPanel("is_events")]
    promote_panels = [*Page.promote_panels, FieldPanel("footer_place")]
    template = "portal/pages/section.html"

    class Meta:
        verbose_name = _("section")

    def get_context(self, request, *args, **kwargs):
        from ..home import section_context

        return super().get_context(request, *args, **kwargs) | section_context(self, request)


class ArticlePage(EditorialPage):
    body = StreamField(ArticleBody(), verbose_name=_("body"), blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Shown where the article is shared; the description of the picture belongs to it."),
    )
    footer_place = models.CharField(_("place in the footer"), max_length=10, choices=FooterPlace, blank=True)

    parent_page_types = ["portal.HomePage", "portal.SectionPage"]
    subpage_types = []
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("footer_place")]
    template = "portal/pages/article.html"

    class Meta:
        verbose_name = _("article")

    @classmethod
    def can_create_at(cls, parent):
        return super().can_create_at(parent) and not getattr(parent.specific, "is_events", False)

    def get_context(self, request, *args, **kwargs):
        from ..home import article_context

        return super().get_context(request, *args, **kwargs) | article_context(self, request)


class EventPage(EditorialPage):
    """Something that teachers come to: a meeting, a webinar, an open lesson."""

    class Format(models.TextChoices):
        ON_SITE = "on-site", _("on site")
        ONLINE = "online", _("online")
        BOTH = "both", _("on site and online")

    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.ON_SITE)
    place = models.CharField(_("place"), max_length=200, blank=True)
    join_url = models.URLField(
        _("address of the meeting"), max_length=500, blank=True, help_text=_("Shown to people who are signed in, until the event is over.")
    )
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)
    body = StreamField(ArticleBody(), verbose_name=_("body"), blank=True)

    parent_page_types = ["portal.SectionPage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("format"),
        FieldPanel("place"),
        FieldPanel("join_url"),
        FieldPanel("organiser"),
        FieldPanel("body"),
    ]
    template = "portal/pages/event.html"

    class Meta:
        verbose_name = _("event")

    def clean(self):
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it begins.")})

    @property
    def is_online(self) -> bool:
        return self.format != self.Format.ON_SITE

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @classmethod
    def can_create_at(cls, parent):
        return super().can_create_at(parent) and parent.specific.is_events

    def get_context(self, request, *args, **kwargs):
        from ..home import event_context

        return super().get_context(request, *args, **kwargs) | event_context(self, request)
