from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import StatusFlagColumn

from .. import actions
from ..alphabet import sort_key
from ..forms.schools import SchoolFactsForm
from ..models import Network, School
from .viewsets import RowViewSet, suggested


class SchoolForm(SchoolFactsForm):
    networks = forms.ModelMultipleChoiceField(
        Network.objects.all(), label=_("Networks of schools"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta(SchoolFactsForm.Meta):
        fields = ["code", *SchoolFactsForm.Meta.fields, "state", "is_sample"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["networks"] = actions.current_networks([self.instance.pk])[self.instance.pk]


class SchoolViewSet(RowViewSet):
    """A school is never removed: it is closed, and the people who worked there keep their history."""

    model = School
    icon = "home"
    add_to_admin_menu = True
    menu_label = _("Schools")
    menu_order = 300
    list_display = ["name_kk", "name_ru", "region", "locality", "state", StatusFlagColumn("is_sample", label="", true_label=_("Sample"))]
    list_filter = ["state", "region", "type", "is_sample"]
    related = ("region",)
    screens = ("index", "index_results", "add", "edit", "merge")

    def get_form_class(self, for_update=False):
        return SchoolForm

    def find(self, text, user):
        return suggested("schools", text, user) | Q(code__icontains=text) | Q(sort_key__startswith=sort_key(text) or "-")

    def save_row(self, form, actor):
        school = form.save(commit=False)
        actions.put_school(school, networks=form.cleaned_data["networks"], actor=actor)
        return school
