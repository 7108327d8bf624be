"""Which results stand first, because an editor has chosen them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from search.models import Pin

from .. import actions
from .viewsets import AddView, RowViewSet


class AddPinView(AddView):
    def get_initial_form_instance(self):
        """Led here from the words that were looked for."""
        asked = self.request.GET
        return self.model(text=asked.get("text", "")[:200], language=asked.get("language", "")[:2])


class PinViewSet(RowViewSet):
    model = Pin
    icon = "thumbtack"
    add_view_class = AddPinView
    add_to_admin_menu = True
    menu_label = _("Pinned results")
    menu_order = 314
    list_display = [
        "text",
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("addresses", label=_("What is shown first")),
        DateColumn("until", label=_("Last day")),
    ]
    form_fields = ["text", "language", "addresses", "until"]
    put, remove = staticmethod(actions.put_pin), staticmethod(actions.remove_pin)

    def find(self, text, user):
        rows = Pin.objects.values_list("pk", "text")
        return Q(pk__in=[pk for pk, words in rows if text.casefold() in words.casefold()])
