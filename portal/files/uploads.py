"""Uploads in pieces. What has come of one is the length of its partial file; the row says whose it is and what it is for."""

import fcntl
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import UnreadablePostError
from django.utils import timezone

from portal.models import File, Upload, User

from .kinds import expect
from .store import store

KEPT_FOR = timedelta(days=3)
CHUNK = 64 * 1024
NAME_LENGTH = Upload._meta.get_field("name").max_length


class WrongOffset(Exception):
    """The sender and the portal disagree about how much has come."""


class Gone(Exception):
    """The upload was refused or given up meanwhile."""


class Busy(Exception):
    """Another request is writing to the same upload."""


def begin(*, user: User, target: str, name: str, size: int) -> Upload:
    expect(name, size)
    upload = Upload.objects.create(user=user, target=target, name=name.replace("\0", "")[-NAME_LENGTH:], size=size)
    settings.FILE_UPLOAD_DIR.mkdir(parents=True, exist_ok=True)
    partial_path(upload).touch()
    return upload


def partial_path(upload: Upload) -> Path:
    return settings.FILE_UPLOAD_DIR / upload.pk.hex


def received(upload: Upload) -> int | None:
    """How many bytes have come; None when they are gone and the upload has to begin anew."""
    try:
        return partial_path(upload).stat().st_size
    except FileNotFoundError:
        upload.next = Upload.objects.filter(pk=upload.pk).values_list("next", flat=True).first() or ""
        return upload.size if upload.next else None


def append(upload: Upload, *, offset: int, source: BinaryIO) -> int:
    """Write what `source` gives until it ends or breaks; what came before a break stays. Return how much has come in all."""
    with _locked(upload) as partial:
        at = partial.seek(0, 2)
        if at != offset:
            raise WrongOffset
        try:
            while at < upload.size and (chunk := source.read(min(CHUNK, upload.size - at))):
                partial.write(chunk)
                at += len(chunk)
        except UnreadablePostError:
            pass
    return at


def finish(upload: Upload, *, take: Callable[[File], str]) -> str:
    """Make the complete upload a File, give it to `take` and remember where that leads; a second call only repeats the answer."""
    try:
        with transaction.atomic():
            # The first statement takes the write lock of the row: of two requests that finish, the second one waits here.
            if not Upload.objects.filter(pk=upload.pk).update(size=upload.size):
                raise Gone
            upload.refresh_from_db()
            if not upload.next:
                with partial_path(upload).open("rb") as partial:
                    upload.next = take(store(partial, name=upload.name, user=upload.user))
                upload.save(update_fields=["next"])
    except ValidationError:
        drop(upload)
        raise
    partial_path(upload).unlink(missing_ok=True)
    return upload.next


def drop(upload: Upload) -> None:
    partial_path(upload).unlink(missing_ok=True)
    upload.delete()


def clean_uploads() -> None:
    """Forget uploads that nobody finished, and partial files without a row."""
    Upload.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    oldest = time.time() - KEPT_FOR.total_seconds()
    for partial in settings.FILE_UPLOAD_DIR.glob("*"):
        if partial.stat().st_mtime < oldest:
            partial.unlink(missing_ok=True)


@contextmanager
def _locked(upload: Upload):
    try:
        partial = partial_path(upload).open("r+b")
    except FileNotFoundError as error:
        raise WrongOffset from error
    with partial:
        try:
            fcntl.flock(partial, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield partial
