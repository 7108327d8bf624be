"""The lists of the ground by their names; apps to the right add theirs to `seams.importers`."""

from .importer import Importer
from .objectives import ObjectiveImporter
from .schools import SchoolImporter
from .vocabularies import VOCABULARIES

LISTS: dict[str, type[Importer]] = {"schools": SchoolImporter, "objectives": ObjectiveImporter, **VOCABULARIES}
