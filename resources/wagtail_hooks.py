"""The CMS for what describes materials. Materials themselves are looked after on the site."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import StatusFlagColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from portal.cms.viewsets import OnlyPolicy, RowViewSet
from portal.cms.vocabularies import NAMES, VocabularyViewSet
from search.analysis import fold

from . import actions
from .models import MaterialType, Tag

# Authors make tags; here a misspelled one is mended.
register_permission_policy(Tag, OnlyPolicy(Tag, "view", "change", "delete"))


class MaterialTypeViewSet(VocabularyViewSet):
    model = MaterialType
    icon = "doc-full"
    list_display = [
        "name_kk",
        "name_ru",
        StatusFlagColumn("requires_verified", label="", true_label=_("For verified teachers only")),
        "code",
    ]
    form_fields = [*NAMES, "requires_verified", "position"]


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name"]


class TagViewSet(RowViewSet):
    model = Tag
    icon = "tag"
    screens = ("index", "index_results", "edit", "delete", "merge")
    list_display = ["name", "language"]
    list_filter = ["language"]
    list_export = ["name", "language"]

    def find(self, text, user):
        return Q(key__contains=fold(text.lower()))

    def get_form_class(self, for_update=False):
        return TagForm

    def save_row(self, form, actor):
        tag = Tag.objects.get(pk=form.instance.pk)
        actions.rename_tag(tag, form.cleaned_data["name"], actor=actor)
        return tag

    def remove_row(self, row, actor):
        actions.remove_tag(row, actor=actor)


class MaterialGroup(ModelViewSetGroup):
    menu_label = _("Materials")
    menu_icon = "doc-full"
    menu_order = 305
    items = (MaterialTypeViewSet, TagViewSet)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return MaterialGroup()
