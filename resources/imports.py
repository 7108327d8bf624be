"""Types of material from a file."""

from portal.imports.columns import Flag
from portal.imports.vocabularies import NAMED, VocabularyImporter

from .models import MaterialType


class MaterialTypeImporter(VocabularyImporter):
    model = MaterialType
    columns = (*NAMED, Flag("requires_verified"))
