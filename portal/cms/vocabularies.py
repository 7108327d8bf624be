from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import StatusFlagColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from .. import actions
from ..models import Curriculum, District, Grade, Holiday, Network, Objective, Region, SchoolType, Subject, SubjectArea
from .viewsets import AddView, RowViewSet, suggested

NAMES = ["code", "name_kk", "name_ru", "name_en"]


class AddAtEndView(AddView):
    def get_initial_form_instance(self):
        return self.model(position=self.model.objects.count())


class VocabularyViewSet(RowViewSet):
    add_view_class = AddAtEndView
    icon = "list-ul"
    list_display = ["name_kk", "name_ru", "name_en", "code"]
    form_fields = [*NAMES, "position"]
    screens = (*RowViewSet.screens, "merge")
    put, remove = staticmethod(actions.put_vocabulary), staticmethod(actions.remove_vocabulary)

    @property
    def fixed_fields(self):
        return ("code", *self.model.fixed)

    def find(self, text, user):
        """Vocabularies are short, and Python knows all capital letters."""
        rows = self.model.objects.values_list("pk", *NAMES)
        return Q(pk__in=[pk for pk, *names in rows if any(text.casefold() in name.casefold() for name in names)])


class RegionViewSet(VocabularyViewSet):
    model = Region
    icon = "globe"


class DistrictViewSet(VocabularyViewSet):
    model = District
    icon = "site"
    list_display = ["name_kk", "name_ru", "region", "code"]
    list_filter = ["region"]
    related = ("region",)
    form_fields = [*NAMES, "region", "position"]


class SchoolTypeViewSet(VocabularyViewSet):
    model = SchoolType


class NetworkViewSet(VocabularyViewSet):
    model = Network


class SubjectAreaViewSet(VocabularyViewSet):
    model = SubjectArea


class SubjectViewSet(VocabularyViewSet):
    model = Subject
    icon = "openquote"
    list_display = ["name_kk", "name_ru", "area", "first_grade", "last_grade", "code"]
    list_filter = ["area"]
    related = ("area",)
    form_fields = [*NAMES, "area", "first_grade", "last_grade", "position"]


class GradeViewSet(RowViewSet):
    """Grades are what they are: a list to look at."""

    model = Grade
    icon = "order"
    list_display = ["number"]
    screens = ("index", "index_results")
    form_fields = []


class CurriculumViewSet(VocabularyViewSet):
    model = Curriculum
    icon = "calendar-alt"
    list_display = ["name_kk", "name_ru", "first_year", "last_year", "code"]
    form_fields = [*NAMES, "first_year", "last_year", "position"]


class ObjectiveViewSet(RowViewSet):
    model = Objective
    icon = "check"
    screens = (*RowViewSet.screens, "merge")
    put, remove = staticmethod(actions.put_objective), staticmethod(actions.remove_objective)
    list_display = ["code", "text_kk", "subject", "grade", "curriculum", StatusFlagColumn("is_sample", label="", true_label=_("Sample"))]
    list_filter = ["curriculum", "subject", "grade", "instruction", "is_sample"]
    related = ("subject", "grade", "curriculum")
    form_fields = ["curriculum", "subject", "grade", "instruction", "code", "text_kk", "text_ru", "is_sample"]

    def find(self, text, user):
        return suggested("objectives", text, user)


class HolidayViewSet(RowViewSet):
    """Days on which no letters leave; those that nobody has confirmed yet hold them too."""

    model = Holiday
    icon = "date"
    list_display = [
        "date",
        StatusFlagColumn("is_confirmed", label="", false_label=_("to be confirmed")),
        "name_kk",
        "name_ru",
        "name_en",
    ]
    list_filter = ["is_confirmed"]
    form_fields = ["date", "name_kk", "name_ru", "name_en", "is_confirmed"]
    put, remove = staticmethod(actions.put_vocabulary), staticmethod(actions.remove_vocabulary)


class VocabularyGroup(ModelViewSetGroup):
    menu_label = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order = 310
    items = (
        SubjectViewSet,
        SubjectAreaViewSet,
        GradeViewSet,
        CurriculumViewSet,
        ObjectiveViewSet,
        RegionViewSet,
        DistrictViewSet,
        SchoolTypeViewSet,
        NetworkViewSet,
        HolidayViewSet,
    )
