"""How programmes are presented: the catalogue, and under it a page of each programme, in the tree of each language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from portal.models.pages import EditorialPage
from portal.refs import Ref

from .catalogue import Programme

FEATURES = ["bold", "italic", "ol", "ul", "link"]
CATALOGUE = "leaders"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    lasts = blocks.CharBlock(label=_("How long it takes"), max_length=60, required=False)
    text = blocks.TextBlock(label=_("What happens in it"), max_length=1000, required=False)

    class Meta:
        icon = "order"
        label = _("Stage")


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name of the person"), max_length=150)
    does = blocks.CharBlock(label=_("What she or he does"), max_length=200)

    class Meta:
        icon = "user"
        label = _("Person")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=300)
    answer = blocks.RichTextBlock(label=pgettext_lazy("to a question", "Answer"), features=FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")


class CataloguePage(EditorialPage):
    """Title and first sentence of the catalogue, which itself is a list that the site draws at the same address."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["leaders.ProgrammePage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("catalogue of programmes")

    def serve(self, request, *args, **kwargs):
        return redirect("catalogue")


class ProgrammePage(EditorialPage):
    """What a programme is for those who think of applying. Level, hours, dates and rules are read from where they are kept."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="pages", verbose_name=_("programme"))
    for_whom = RichTextField(_("for whom it is"), features=FEATURES, blank=True)
    outcomes = RichTextField(_("what participants will be able to do"), features=FEATURES, blank=True)
    asks = RichTextField(_("what it asks of participants"), features=FEATURES, blank=True)
    stages = StreamField([("stage", StepBlock())], verbose_name=_("stages"), blank=True)
    people = StreamField([("person", PersonBlock())], verbose_name=_("people"), blank=True)
    questions = StreamField([("question", QuestionBlock())], verbose_name=_("questions and answers"), blank=True)

    parent_page_types = ["leaders.CataloguePage"]
    subpage_types = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        *map(FieldPanel, ("programme", "for_whom", "outcomes", "asks", "stages", "people", "questions")),
    ]
    template = "leaders/programme.html"

    class Meta:
        verbose_name = _("page of a programme")

    @property
    def presented(self) -> Ref:
        """A link to the page is one to the programme."""
        return Ref("programmes", self.programme_id)

    def clean(self):
        """Addresses of the site itself stand beside those of programmes."""
        super().clean()
        if self.slug and is_taken(self.slug):
            raise ValidationError({"slug": _("The portal has a page of its own at this address.")})
        same = ProgrammePage.objects.filter(locale=self.locale_id, programme=self.programme_id).exclude(pk=self.pk)
        if self.programme_id and same.exists():
            raise ValidationError({"programme": _("This programme has a page in this language already.")})

    def get_context(self, request, *args, **kwargs):
        from ..views.catalogue import programme_context

        return super().get_context(request, *args, **kwargs) | programme_context(self, request)


def is_taken(slug: str) -> bool:
    with override("kk"):
        try:
            return resolve(f"/kk/{CATALOGUE}/{slug}/").url_name != "wagtail_serve"
        except Resolver404:
            return False
