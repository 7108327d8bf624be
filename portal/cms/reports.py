"""What editors look after: pages without a version in a language, translations that are behind, links that lead nowhere."""

import json

import django_filters
from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from ..models import BrokenLink

LANGUAGES = dict(settings.LANGUAGES)
# What an editor of a page sets besides its words
UNREAD = {"go_live_at", "expire_at", "comment_notifications", "show_in_menus"}


def live_versions() -> QuerySet:
    """A page in all the languages in which it is published; the first of them by the tree, Kazakh where it exists, is the source."""
    return Page.objects.live().filter(translation_key=OuterRef("translation_key"), depth__gt=1).order_by("path")


def published_pages() -> QuerySet:
    source = Subquery(live_versions().values("pk")[:1])
    return Page.objects.live().filter(depth__gt=1).annotate(source_pk=source).select_related("locale")


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class EditorsReport(ReportView):
    any_permission_required = ["add", "change", "publish"]

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Page)


class MissingFilter(WagtailFilterSet):
    without = {"label": _("No version in"), "empty_label": _("Any language"), "choices": settings.LANGUAGES}
    language = django_filters.ChoiceFilter(method="has_none", **without)

    class Meta:
        model = Page
        fields = []

    def has_none(self, pages, name, language):
        return pages.exclude(Exists(live_versions().filter(locale__language_code=language)))


class MissingVersions(EditorsReport):
    """The list opens with what has no version in some language; a language is chosen by the filter."""

    model = Page
    page_title = _("Pages without a version in a language")
    header_icon = "globe"
    index_url_name = "missing_versions"
    index_results_url_name = "missing_versions_results"
    filterset_class = MissingFilter
    columns = [
        TitleColumn("title", label=_("Page"), get_url=edit_url),
        Column("language", label=_("Language"), accessor="locale.language_code"),
        Column("missing", label=_("No version in")),
        DateColumn("last_published_at", label=_("Published")),
    ]
    list_export = ["title", "locale.language_code", "missing", "last_published_at"]

    def get_queryset(self):
        lacks = Q()
        for language in LANGUAGES:
            lacks |= ~Exists(live_versions().filter(locale__language_code=language))
        self.queryset = published_pages().filter(lacks, pk=F("source_pk")).order_by("-last_published_at", "-pk")
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list):
        versions = Page.objects.filter(translation_key__in=[page.translation_key for page in object_list])
        written: dict = {}
        for key, language, live in versions.values_list("translation_key", "locale__language_code", "live"):
            written.setdefault(key, {})[language] = live
        for page in object_list:
            page.missing = ", ".join(missing(written[page.translation_key]))
        return object_list


def missing(states: dict[str, bool]) -> list[str]:
    """The languages in which nothing is published; `states` says of the others whether they are live."""
    absent = {code: label for code, label in LANGUAGES.items() if not states.get(code)}
    return [_("%(language)s: a draft") % {"language": label} if code in states else label for code, label in absent.items()]


class BehindTranslations(EditorsReport):
    """The source was published with other words after its translation was published last."""

    model = Page
    page_title = _("Translations that are behind")
    header_icon = "history"
    index_url_name = "behind_translations"
    index_results_url_name = "behind_translations_results"
    columns = [
        TitleColumn("title", label=_("Translation"), get_url=edit_url),
        Column("language", label=_("Language"), accessor="locale.language_code"),
        DateColumn("last_published_at", label=_("Published")),
        DateColumn("source_changed_at", label=_("The source was changed")),
        TitleColumn("changes", label=_("What changed"), accessor="changes", get_url=lambda page: page.compare_url),
    ]
    list_export = ["title", "locale.language_code", "last_published_at", "source_changed_at", "changes"]

    def get_queryset(self):
        source = Page.objects.filter(pk=OuterRef("source_pk"))
        seen = Revision.page_revisions.filter(
            object_id=Cast(OuterRef("source_pk"), CharField()), created_at__lte=OuterRef("last_published_at")
        ).order_by("-created_at", "-pk")
        translations = published_pages().exclude(pk=F("source_pk"))
        compared = translations.annotate(
            source_changed_at=Subquery(source.values("last_published_at")[:1]),
            current=Subquery(source.values("live_revision")[:1]),
            translated=Subquery(seen.values("pk")[:1]),
        )
        other_words = Q(translated=None) | ~Q(translated=F("current"))
        self.queryset = compared.filter(other_words, source_changed_at__gt=F("last_published_at")).order_by("-source_changed_at", "-pk")
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list):
        revisions = Revision.objects.in_bulk({pk for page in object_list for pk in (page.translated, page.current) if pk})
        for page in object_list:
            page.changes = changed_fields(page, revisions.get(page.translated), revisions.get(page.current))
            page.compare_url = reverse(
                "wagtailadmin_pages:revisions_compare", args=[page.source_pk, page.translated or "earliest", page.current]
            )
        return object_list


def changed_fields(page, before: Revision | None, after: Revision | None) -> str:
    """Names of the fields that read otherwise; when what was translated is no longer kept, all of them."""
    model = page.specific_class
    names = [name for name in model.get_edit_handler().get_form_options()["fields"] if name not in UNREAD]
    if before and after:
        names = [name for name in names if kept(before, name, model) != kept(after, name, model)]
    return capfirst(", ".join(str(model._meta.get_field(name).verbose_name) for name in names)) or str(_("Nothing that is read"))


def kept(revision: Revision, name: str, model):
    """A body is kept as a text of JSON; the order in which its keys stand there says nothing."""
    value = revision.content.get(name)
    return json.loads(value) if value and isinstance(model._meta.get_field(name), StreamField) else value


class BrokenLinks(EditorsReport):
    model = BrokenLink
    page_title = _("Links that lead nowhere")
    header_icon = "link"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    columns = [
        TitleColumn("page", label=_("Page"), get_url=lambda link: edit_url(link.page)),
        Column("language", label=_("Language"), accessor="page.locale.language_code"),
        Column("address", label=_("Link")),
        Column("reason", label=_("Reason"), accessor="get_reason_display"),
    ]
    list_export = ["page", "page.locale.language_code", "address", "get_reason_display"]

    def get_queryset(self):
        self.queryset = BrokenLink.objects.select_related("page__locale").order_by("page__path", "pk")
        return super().get_queryset()


REPORTS = {"missing-versions": MissingVersions, "behind-translations": BehindTranslations, "broken-links": BrokenLinks}


def addresses() -> list:
    found = []
    for key, report in REPORTS.items():
        found.append(path(f"reports/{key}/", report.as_view(), name=report.index_url_name))
        found.append(path(f"reports/{key}/results/", report.as_view(results_only=True), name=report.index_results_url_name))
    return found


class ReportItem(MenuItem):
    def is_shown(self, request):
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, EditorsReport.any_permission_required)


def menu_item(key: str) -> ReportItem:
    report = REPORTS[key]
    order = 500 + list(REPORTS).index(key)
    return ReportItem(report.page_title, reverse(report.index_url_name), name=key, icon_name=report.header_icon, order=order)
