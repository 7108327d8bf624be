from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from search.models import Synonym

from .. import actions
from .viewsets import AddView, RowViewSet


class AddSynonymView(AddView):
    def get_initial_form_instance(self):
        """Led here from the words that were looked for."""
        return self.model(words=self.request.GET.get("words", "")[:200])


class SynonymViewSet(RowViewSet):
    model = Synonym
    add_view_class = AddSynonymView
    icon = "search"
    add_to_admin_menu = True
    menu_label = _("Synonyms for the search")
    menu_order = 312
    list_display = [
        "words",
        Column("language", label=_("Their language"), accessor="get_language_display"),
        "also",
        Column("also_language", label=_("Language of these"), accessor="get_also_language_display"),
        "weight",
    ]
    list_filter = ["language", "also_language", "is_mutual"]
    form_fields = ["words", "language", "also", "also_language", "weight", "is_mutual"]
    put, remove = staticmethod(actions.put_synonym), staticmethod(actions.remove_synonym)

    def find(self, text, user):
        """There are few, and Python knows all capital letters."""
        rows = self.model.objects.values_list("pk", "words", "also")
        return Q(pk__in=[pk for pk, *said in rows if any(text.casefold() in phrase.casefold() for phrase in said)])
