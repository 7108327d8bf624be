"""Screens of the CMS for rows that are no pages. They save through our actions, where Wagtail's own would save past them.

Wagtail's snippets are not used: they delete in bulk behind the back of any view, and choose a region out of twenty in a pop-up window.
"""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from search.find import suggest

from ..seams import importers
from .merging import MergeView

FOUND_AT_MOST = 200


class OnlyPolicy(ModelPermissionPolicy):
    """Nobody, not even a superuser, may do more than these things."""

    def __init__(self, model, *actions: str):
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user, action) -> bool:
        return action in self.actions and super().user_has_permission(user, action)


class IndexView(generic.IndexView):
    """`find(text, user)`, when the viewset has one, gives the condition of a search: SQLite knows no capital letters but Latin ones."""

    # Wagtail puts the name of the model behind it, in the nominative.
    add_item_label = _("Add")
    find = None
    related = ()
    merge_url_name = ""
    importer = None

    @property
    def is_searchable(self) -> bool:
        return self.find is not None

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related) if self.related else super().get_base_queryset()

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.merge_url_name and self.get_edit_url(instance):
            url = reverse(self.merge_url_name, args=[instance.pk])
            buttons.append(Button(MergeView.page_title, url=url, icon_name="resubmit", priority=25))
        return buttons

    @cached_property
    def lines(self) -> dict:
        """Rows as an import would read them, by their keys: what was exported can be changed and sent back."""
        importer = self.importer()
        importer.learn()
        return {values["id"]: importer.texts(values) for values in importer.stored.values()}

    def to_row_dict(self, item):
        return self.lines.get(item.pk, {}) if self.importer else super().to_row_dict(item)

    def get_heading(self, queryset, field):
        return field

    def search_queryset(self, queryset):
        return queryset.filter(self.find(self.search_query, self.request.user)) if self.is_searching else queryset


class SavedByAction:
    """`save_row(form, actor)` of the viewset saves and returns the row; what it refuses is told in the form."""

    save_row = None

    def save_instance(self):
        return self.save_row(self.form, self.request.user)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class AddView(SavedByAction, generic.CreateView):
    pass


class EditView(SavedByAction, generic.EditView):
    merge_url_name = ""

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.merge_url_name:
            url = reverse(self.merge_url_name, args=[self.object.pk])
            buttons.append(Button(MergeView.page_title, url=url, icon_name="resubmit", priority=15))
        return buttons


class RemoveView(generic.DeleteView):
    """`remove_row(row, actor)` of the viewset removes; when it refuses, the list says why."""

    remove_row = None

    def delete_action(self):
        self.remove_row(self.object, self.request.user)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            messages.error(self.request, refusal.messages[0])
            return redirect(self.get_success_url())


class RowViewSet(ModelViewSet):
    """A list, a form, a removal; a merger where two rows can mean the same.

    Changes are kept as acts, so Wagtail's history and index of references stay out of it.
    """

    index_view_class = IndexView
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = RemoveView
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    fixed_fields = ()
    related = ()
    find = None
    # The actions that save and remove a row, of viewsets that need no `save_row` and `remove_row` of their own
    put = remove = None
    screens = ("index", "index_results", "add", "edit", "delete")

    def get_common_view_kwargs(self, **kwargs):
        merging = self.get_url_name("merge") if "merge" in self.screens else ""
        return super().get_common_view_kwargs(**{"history_url_name": None, "usage_url_name": None, "merge_url_name": merging, **kwargs})

    def get_index_view_kwargs(self, **kwargs):
        importer = next((known for known in importers.values() if known.model is self.model), None)
        exported = {"importer": importer, "list_export": [column.name for column in importer.columns]} if importer else {}
        return super().get_index_view_kwargs(**{"find": self.find, "related": self.related, **exported, **kwargs})

    def get_add_view_kwargs(self, **kwargs):
        return super().get_add_view_kwargs(save_row=self.save_row, **kwargs)

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(save_row=self.save_row, **kwargs)

    def get_delete_view_kwargs(self, **kwargs):
        return super().get_delete_view_kwargs(remove_row=self.remove_row, **kwargs)

    def get_form_class(self, for_update=False):
        """What other rows repeat, a code above all, is fixed once the row stands."""
        form_class = super().get_form_class(for_update)
        if for_update:
            for name in self.fixed_fields:
                form_class.base_fields[name].disabled = True
        return form_class

    def get_urlpatterns(self):
        merging = self.construct_view(MergeView, find=self.find, related=self.related)
        patterns = [*super().get_urlpatterns(), path(f"merge/<{self.pk_path_converter}:pk>/", merging, name="merge")]
        return [pattern for pattern in patterns if pattern.name in self.screens]

    def save_row(self, form, actor):
        row = form.save(commit=False)
        self.put(row, actor=actor)
        return row

    def remove_row(self, row, actor):
        self.remove(row, actor=actor)


def suggested(kind: str, text: str, user) -> Q:
    """The rows that the portal's own search finds by what was typed."""
    return Q(pk__in=[entry.object_id for entry in suggest(kind, text, user=user, limit=FOUND_AT_MOST)])
