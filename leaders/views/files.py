"""Lists that leave as files."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone

from portal.imports.sheets import csv_of


def as_csv(name: str, heads: Iterable, rows: Iterable[Iterable]) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate().isoformat()}.csv"'}
    return HttpResponse(csv_of(map(str, row) for row in (heads, *rows)), content_type="text/csv; charset=utf-8", headers=headers)
