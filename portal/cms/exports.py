"""No table that Wagtail exports runs a formula: titles and names in it were typed by people."""

from django.utils.functional import Promise
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..imports.sheets import safe_cell


def guard_exports() -> None:
    """Wagtail keeps one table of what is done to a value by its class. Its XLSX marks formulas as text by itself."""
    guarded = {(str, Promise): {SpreadsheetExportMixin.FORMAT_CSV: lambda text: safe_cell(str(text))}}
    SpreadsheetExportMixin.custom_value_preprocess = SpreadsheetExportMixin.custom_value_preprocess | guarded
