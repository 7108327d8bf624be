"""Simple vocabularies: a code and three names, and for some a little more."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ..models import Curriculum, District, Network, Region, School, SchoolType, Subject, SubjectArea
from .columns import Column, Number, Reference
from .importer import Importer, Row

NAMED = (
    Column("code", required=True),
    Column("name_kk", required=True),
    Column("name_ru", required=True),
    Column("name_en", required=True),
    Number("position"),
)


class VocabularyImporter(Importer):
    """New rows without a position stand at the end, in the order of the file."""

    columns = NAMED

    def learn(self) -> None:
        super().learn()
        self.end = self.model._default_manager.count()

    def read(self, *args) -> Row:
        row = super().read(*args)
        for name in self.model.fixed:
            if row.stored and row.values.get(name, row.stored[name]) != row.stored[name]:
                raise ValidationError(_("%(column)s: it cannot be changed once the row stands") % {"column": name})
        return row

    def instance(self, row: Row) -> models.Model:
        instance = super().instance(row)
        if row.stored is None and row.values.get("position") is None:
            instance.position, self.end = self.end, self.end + 1
        return instance


class RegionImporter(VocabularyImporter):
    model = Region

    def touched(self, written: list[int]) -> dict[type[models.Model], list[int]]:
        """Schools are found by the name of their region."""
        return {School: list(School.objects.filter(region__in=written).values_list("pk", flat=True))}


class DistrictImporter(VocabularyImporter):
    model = District
    columns = (*NAMED, Reference("region", model=Region, required=True))

    def scope(self, values: dict[str, Any]) -> int:
        return values["region_id"]


class SchoolTypeImporter(VocabularyImporter):
    model = SchoolType


class NetworkImporter(VocabularyImporter):
    model = Network


class SubjectAreaImporter(VocabularyImporter):
    model = SubjectArea


class SubjectImporter(VocabularyImporter):
    model = Subject
    columns = (*NAMED, Reference("area", model=SubjectArea, required=True), Number("first_grade"), Number("last_grade"))


class CurriculumImporter(VocabularyImporter):
    model = Curriculum
    columns = (*NAMED, Number("first_year", required=True), Number("last_year"))


VOCABULARIES: dict[str, type[Importer]] = {
    "subjects": SubjectImporter,
    "subject-areas": SubjectAreaImporter,
    "curricula": CurriculumImporter,
    "regions": RegionImporter,
    "districts": DistrictImporter,
    "school-types": SchoolTypeImporter,
    "networks": NetworkImporter,
}
