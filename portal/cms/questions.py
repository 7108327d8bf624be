"""What is looked for on the portal, what of it is not found, and what an editor can do about it."""

import django_filters
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from search.asked import KEPT_DAYS, questions, refinements
from search.models import Asking

from .reports import LANGUAGES, EditorsReport

NOTHING, UNOPENED = "nothing", "unopened"
SHOWN = {NOTHING: _("found nothing"), UNOPENED: _("found, but nothing was opened")}
DAYS = {"7": _("7 days"), "30": _("30 days")}


class QuestionFilter(WagtailFilterSet):
    show = django_filters.ChoiceFilter(label=_("Show"), choices=list(SHOWN.items()), empty_label=_("everything"), method="only")
    language = django_filters.ChoiceFilter(label=_("Language of the page"), choices=settings.LANGUAGES)
    days = django_filters.ChoiceFilter(label=_("Asked within"), choices=list(DAYS.items()), empty_label=_("90 days"), method="passed")

    class Meta:
        model = Asking
        fields = []

    def only(self, rows, name, value):
        if value == NOTHING:
            return rows.filter(nothing__gt=0).order_by("-nothing", "-asked", "key")
        return rows.filter(most__gt=0, opened=0)

    def passed(self, rows, name, value):
        """By the query itself: what is counted is counted within these days."""
        return rows


class QuestionsReport(EditorsReport):
    """A question stands here once at least three visitors have asked it."""

    model = Asking
    page_title = _("What is looked for")
    header_icon = "search"
    index_url_name = "questions"
    index_results_url_name = "questions_results"
    filterset_class = QuestionFilter
    columns = [
        Column("text", label=_("Words")),
        Column("language", label=_("Language of the page"), accessor="spoken"),
        Column("asked", label=_("Visitors")),
        Column("nothing", label=_("Found nothing")),
        Column("opened", label=_("Opened something")),
        Column("next", label=_("Looked for next")),
        Column("deeds", label=_("What to do")),
    ]
    list_export = ["text", "spoken", "asked", "nothing", "opened", "next"]
    export_headings = {column.name if column.name != "language" else "spoken": column.label for column in columns}

    @property
    def days(self) -> int:
        chosen = self.request.GET.get("days", "")
        return int(chosen) if chosen in DAYS else KEPT_DAYS

    def get_queryset(self):
        self.queryset = questions(self.days)
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list):
        rows = list(object_list)
        following = refinements([row["key"] for row in rows], self.days)
        for row in rows:
            row["spoken"] = LANGUAGES.get(row["language"], row["language"])
            row["next"] = ", ".join(following.get((row["key"], row["language"]), []))
            row["deeds"] = deeds(row)
        return rows


def deeds(row: dict) -> str:
    """What is not found is called otherwise, or is not there yet; what is found may stand too low."""
    found = [(_("add a synonym"), f"{reverse('synonym:add')}?{urlencode({'words': row['text']})}")] if row["nothing"] else []
    found += [(_("pin a result"), f"{reverse('pin:add')}?{urlencode({'text': row['text'], 'language': row['language']})}")]
    if row["nothing"]:
        found.append((_("share a material"), f"/{row['language']}/materials/share/"))
    found.append((_("see the results"), f"/{row['language']}/search/?{urlencode({'q': row['text']})}"))
    return format_html_join(" · ", '<a href="{}">{}</a>', ((url, label) for label, url in found))
