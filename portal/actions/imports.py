"""Lists taken in from files: read first, confirmed by a person, written as they were shown."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from .. import seams, vocabularies
from ..imports.difference import Difference
from ..imports.importer import Importer
from ..imports.sheets import MAX_BYTES
from ..merging import refresh_in_tasks
from ..models import Import, User
from ..notices import tell
from ..refs import Ref
from ..tasks import enqueue
from .access import permit_administrator
from .acts import record

# What is no larger is read and written while its sender waits.
SMALL_BYTES = 100_000
REFRESHED_AT_ONCE = 500


@transaction.atomic
def import_list(kind: str, data: bytes, *, dry_run: bool = False) -> Difference:
    """For commands: read and, if asked, write at once. Raise ValidationError when it is no such list."""
    importer = seams.importers[kind]()
    difference = importer.compare(data)
    if not dry_run:
        write(importer, difference)
    return difference


@transaction.atomic
def start_import(actor: User, kind: str, file) -> Import:
    """Keep the file and read it, at once or in a task that tells when it is done."""
    permit_administrator(actor)
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024**2})
    data = file.read()
    row = Import(kind=kind, name=file.name[:255], digest=hashlib.sha256(data).hexdigest(), by=actor)
    row.file.save(file.name, ContentFile(data), save=False)
    row.save()
    do_or_enqueue(row, read_import, read_import_later)
    return row


@transaction.atomic
def confirm_import(actor: User, row: Import) -> Import:
    """What was shown is written, once; pressed again it changes nothing."""
    permit_administrator(actor)
    taken = Import.objects.filter(pk=row.pk, state=Import.State.READY).update(state=Import.State.CONFIRMED, by=actor)
    if taken:
        row.refresh_from_db()
        do_or_enqueue(row, write_import, write_import_later)
    return row


def do_or_enqueue(row: Import, do, later) -> None:
    if row.file.size <= SMALL_BYTES:
        do(row)
    else:
        enqueue(later, row.pk)


@task()
def read_import_later(pk: int) -> None:
    row = Import.objects.get(pk=pk)
    if row.state == Import.State.WAITING:
        read_import(row)
        tell_done(row)


@task()
def write_import_later(pk: int) -> None:
    row = Import.objects.get(pk=pk)
    if row.state == Import.State.CONFIRMED:
        write_import(row)
        tell_done(row)


def tell_done(row: Import) -> None:
    tell([row.by], "import", Ref("imports", row.pk), data={"name": row.name, "state": row.state})


def read_import(row: Import) -> None:
    importer = seams.importers[row.kind]()
    if difference := compare(importer, row):
        show(row, difference)


def compare(importer: Importer, row: Import) -> Difference | None:
    """None, with the reason kept, when the file is no such list."""
    try:
        return importer.compare(stored_bytes(row))
    except ValidationError as error:
        row.state, row.fault = Import.State.UNREADABLE, "; ".join(error.messages)
        row.save()
    return None


def show(row: Import, difference: Difference) -> None:
    row.state, row.fingerprint = Import.State.READY, difference.fingerprint
    row.numbers, row.shown = difference.numbers(), difference.shown()
    row.report.save("report.csv", ContentFile(difference.report()), save=False)
    row.save()


@transaction.atomic
def write_import(row: Import) -> None:
    """When rows have changed since the difference was shown, nothing is written and the new difference is shown instead."""
    importer = seams.importers[row.kind]()
    difference = compare(importer, row)
    if difference is None:
        return
    if difference.fingerprint != row.fingerprint:
        row.stale = True
        show(row, difference)
        return
    write(importer, difference)
    row.state = Import.State.WRITTEN
    row.save(update_fields=["state"])
    record(row.by, "import", Ref("imports", row.pk), after={"list": row.kind, "digest": row.digest, **row.numbers})


def write(importer: Importer, difference: Difference) -> None:
    """The rows in the caller's transaction; of many, search reads in tasks."""
    touched = importer.touched(importer.write(difference))
    transaction.on_commit(lambda: vocabularies.forget(importer.model))
    for model, pks in touched.items():
        if model in seams.entry_writers:
            if len(pks) <= REFRESHED_AT_ONCE:
                seams.entry_writers[model](pks)
            else:
                refresh_in_tasks({model: pks})


def stored_bytes(row: Import) -> bytes:
    with row.file.open("rb") as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != row.digest:
        raise ValidationError(_("The file is no longer the one that was sent."))
    return data
