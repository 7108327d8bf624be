"""The screen on which one row goes into another: choose the other, read what will move, confirm."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from .. import actions
from ..merging import count_pointing_to, plural
from ..models import Merged

CANDIDATES_SHOWN = 50


class MergeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """`find(text, user)` of the viewset looks for the other row; a short vocabulary is shown whole."""

    model = None
    index_url_name = edit_url_name = ""
    header_icon = ""
    find = None
    related = ()
    permission_required = "change"
    page_title = _("Merge into…")
    template_name = "portal/cms/merge.html"

    def get(self, request, pk):
        self.row = get_object_or_404(self.model, pk=pk)
        self.other = get_object_or_404(self.rows(), pk=request.GET["into"]) if request.GET.get("into", "").isdecimal() else None
        return self.render_to_response(self.get_context_data())

    def post(self, request, pk):
        """Pressed again it leads to where the row went the first time."""
        row = self.model.objects.filter(pk=pk).first()
        into = request.POST.get("into", "")
        if row and into.isdecimal():
            other = get_object_or_404(self.rows(), pk=into)
            try:
                actions.merge_rows(request.user, row, other)
            except ValidationError as refusal:
                messages.error(request, refusal.messages[0])
                return redirect(request.path)
            messages.success(request, _("“%(old)s” is now “%(new)s”.") % {"old": row, "new": other})
        target = Merged.objects.current_id(self.model, pk)
        if not row and target == pk:
            raise Http404
        return redirect(reverse(self.edit_url_name, args=[target]))

    def rows(self):
        return self.model.objects.select_related(*self.related) if self.related else self.model.objects.all()

    def candidates(self):
        rows, text = self.rows().exclude(pk=self.row.pk), self.request.GET.get("q", "").strip()
        for name in getattr(self.row, "merged_within", ()):
            rows = rows.filter(**{name: getattr(self.row, name)})
        return rows.filter(self.find(text, self.request.user)) if text and self.find else rows

    def get_page_subtitle(self):
        return str(self.row)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(self.model._meta.verbose_name_plural)},
            {"url": reverse(self.edit_url_name, args=[self.row.pk]), "label": str(self.row)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(row=self.row, other=self.other, **kwargs)
        if self.other:
            return context | {"moving": named(count_pointing_to(self.row))}
        found = list(self.candidates()[: CANDIDATES_SHOWN + 1])
        return context | {
            "text": self.request.GET.get("q", ""),
            "candidates": [(row, described(row)) for row in found[:CANDIDATES_SHOWN]],
            "more": len(found) > CANDIDATES_SHOWN,
        }


def named(counts: dict) -> dict[str, int]:
    """Numbers by what the rows are called; two tables that go by one name are counted together."""
    numbers: Counter = Counter()
    for table, number in counts.items():
        numbers[capfirst(plural(table))] += number
    return dict(numbers)


def described(row) -> str:
    """What tells rows of the same name apart."""
    named = [str(getattr(row, name)) for name in ("code", "place", "subject", "curriculum", "region") if hasattr(row, name)]
    return " · ".join(dict.fromkeys(filter(None, named)))
