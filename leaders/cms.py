"""Screens of the CMS for programmes, their versions and criteria. They save through our actions."""

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, StatusFlagColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from portal.cms.viewsets import AddView, EditView, OnlyPolicy, RemoveView, RowViewSet

from . import actions
from .forms.programmes import FirstVersionForm, ProgrammeForm, RubricForm, VersionForm
from .models import Programme, ProgrammeVersion, Rubric
from .moves import MoveRefused

SCREENS = ("index", "index_results", "add", "edit")
for model, more in ((Programme, ()), (ProgrammeVersion, ("delete",)), (Rubric, ())):
    register_permission_policy(model, OnlyPolicy(model, "view", "add", "change", *more))


class ProgrammeViewSet(RowViewSet):
    """A programme is never removed: certificates name it."""

    model = Programme
    icon = "openquote"
    screens = SCREENS
    list_display = [
        "name_kk",
        "name_ru",
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        "code",
        StatusFlagColumn("retired_at", label="", true_label=_("No longer offered")),
    ]
    list_filter = ["level"]

    def get_form_class(self, for_update=False):
        return ProgrammeForm

    def find(self, text, user):
        rows = Programme.objects.values_list("pk", "code", "name_kk", "name_ru", "name_en")
        return Q(pk__in=[pk for pk, *names in rows if any(text.casefold() in name.casefold() for name in names)])

    def save_row(self, form, actor):
        data = dict(form.cleaned_data)
        if form.instance.pk:
            return actions.change_programme(actor, form.instance, **{name: data[name] for name in data if name != "code"})
        data.pop("is_retired")
        return actions.found_programme(actor, **data)


class WithRowsView(EditView):
    """A form with further rows below: requirements, criteria."""

    template_name = "leaders/cms/rows.html"


class AddWithRowsView(AddView):
    template_name = "leaders/cms/rows.html"


class VersionView(WithRowsView):
    retire_url_name = ""

    @cached_property
    def header_more_buttons(self):
        if self.object.state != ProgrammeVersion.State.FROZEN:
            return []
        return [Button(RetireView.page_title, url=reverse(self.retire_url_name, args=[self.object.pk]), icon_name="archive")]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": context["form"].requirements, "rows_title": _("Requirements"), "is_fixed": not context["form"].is_draft}


class RetireView(RemoveView):
    """Nothing is removed: it stays with the cohorts that stand on it."""

    page_title = _("Retire the version")
    template_name = "leaders/cms/retire.html"
    success_message = _("“%(object)s” is retired.")

    def get_success_message(self):
        return self.success_message % {"object": self.object}


class VersionViewSet(RowViewSet):
    """Once a cohort stands on it, it is only looked at, until it is retired."""

    model = ProgrammeVersion
    icon = "list-ol"
    screens = (*SCREENS, "delete")
    edit_view_class = VersionView
    delete_view_class = RetireView
    list_display = [
        "__str__",
        "hours",
        Column("state", label=pgettext_lazy("a version", "State"), accessor="get_state_display", sort_key="state"),
    ]
    list_filter = ["programme", "state"]
    related = ("programme",)

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(delete_url_name=None, **kwargs)

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(delete_url_name=None, retire_url_name=self.get_url_name("delete"), **kwargs)

    def get_form_class(self, for_update=False):
        return VersionForm if for_update else FirstVersionForm

    def save_row(self, form, actor):
        if not form.instance.pk:
            return actions.start_version(actor, form.cleaned_data["programme"], hours=form.cleaned_data["hours"])
        try:
            actions.change_version(actor, form.instance, hours=form.cleaned_data["hours"], tree=form.tree())
        except ProtectedError as refusal:
            raise ValidationError(_("Assignments of a cohort that is being prepared stand on these requirements.")) from refusal
        return form.instance

    def remove_row(self, row, actor):
        try:
            actions.retire_version(actor, row)
        except MoveRefused as refusal:
            raise ValidationError(_("Only a version that is in use is retired.")) from refusal


class RubricContext:
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"rows": context["form"].criteria, "rows_title": _("Criteria")}


class AddRubricView(RubricContext, AddWithRowsView):
    pass


class EditRubricView(RubricContext, WithRowsView):
    pass


class RubricViewSet(RowViewSet):
    model = Rubric
    icon = "tasks"
    screens = SCREENS
    add_view_class = AddRubricView
    edit_view_class = EditRubricView
    list_display = ["name_kk", "name_ru", Column("version", label=_("Version of a programme"))]
    related = ("version__programme",)

    def get_form_class(self, for_update=False):
        return RubricForm

    def save_row(self, form, actor):
        names = {name: form.cleaned_data[name] for name in ("name_kk", "name_ru", "name_en")}
        return actions.put_rubric(actor, form.cleaned_data["version"], code=form.code(), criteria=form.rows(), **names)


class ProgrammesGroup(ModelViewSetGroup):
    menu_label = _("Programmes")
    menu_icon = "openquote"
    menu_order = 307
    items = (ProgrammeViewSet, VersionViewSet, RubricViewSet)
