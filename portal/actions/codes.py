"""What rows are called from outside: in addresses, in files, in stored searches."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ..models import Merged


def code_of(row) -> str:
    """What files and addresses call a row; a code of an objective alone is not its own."""
    return next((getattr(row, name) for name in ("full_code", "code", "slug") if hasattr(row, name)), "")


def refuse_merged_code(row) -> None:
    """A row that went into another one does not come back by its old code."""
    if into := Merged.objects.rows_by_code(type(row), [code_of(row)]).get(code_of(row)):
        raise ValidationError(_("This code belongs to “%(row)s” since two rows were merged."), params={"row": into})


def save_coded(row) -> None:
    """Of two who give one code at the same moment the later one is told what her form could not know yet."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.validate_unique()
        raise
