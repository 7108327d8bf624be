"""Lists from files in the CMS: send a file, read what it would change, confirm."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .. import actions
from ..imports.difference import SHOWN
from ..models import Import
from ..seams import importers

LATEST = 30


class ImportForm(forms.Form):
    list = forms.ChoiceField(label=_("List"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV in UTF-8 or Windows-1251, with commas, semicolons or tabs, or .xlsx. The first line names the columns."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["list"].choices = [(name, list_label(name)) for name in importers]


def list_label(name: str) -> str:
    known = importers.get(name)
    return str(capfirst(known.model._meta.verbose_name_plural)) if known else name


def for_administrators(view):
    def guarded(request, *args, **kwargs):
        if not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
def imports(request):
    """The latest ones, and the form for the next."""
    form = ImportForm(request.POST or None, request.FILES or None, initial={"list": request.GET.get("list")})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.start_import(request.user, form.cleaned_data["list"], form.cleaned_data["file"])
            return redirect("imports:read", row.pk)
        except ValidationError as refusal:
            form.add_error("file", refusal)
    latest = [(row, list_label(row.kind)) for row in Import.objects.select_related("by")[:LATEST]]
    columns = [(list_label(name), [(column.name, column.required) for column in known.columns]) for name, known in importers.items()]
    context = {**furniture(), "form": form, "latest": latest, "columns": columns}
    return render(request, "portal/cms/imports.html", context, status=422 if form.errors else 200)


@for_administrators
def read(request, pk):
    row = get_object_or_404(Import, pk=pk)
    if request.method == "POST":
        actions.confirm_import(request.user, row)
        return redirect("imports:read", pk)
    context = {**furniture(row), "row": row, "label": list_label(row.kind), "limit": SHOWN}
    return render(request, "portal/cms/import.html", context)


@for_administrators
def report(request, pk):
    row = get_object_or_404(Import.objects.exclude(report=""), pk=pk)
    return FileResponse(row.report.open("rb"), as_attachment=True, filename=f"import-{row.pk}.csv", content_type="text/csv; charset=utf-8")


def furniture(row: Import | None = None) -> dict:
    """What Wagtail draws around a page."""
    steps = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": reverse("imports:index"), "label": _("Imports of lists")}]
    if row:
        steps.append({"url": "", "label": row.name})
    return {"breadcrumbs_items": steps, "header_title": row.name if row else _("Imports of lists"), "header_icon": "download"}


class ImportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_administrator


class ImportViewSet(ViewSet):
    name = "imports"
    icon = "download"
    menu_label = _("Imports of lists")
    menu_order = 315
    menu_item_class = ImportMenuItem
    add_to_admin_menu = True

    @cached_property
    def menu_url(self):
        return reverse("imports:index")

    def get_urlpatterns(self):
        return [path("", imports, name="index"), path("<int:pk>/", read, name="read"), path("<int:pk>/report/", report, name="report")]
