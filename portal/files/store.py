import hashlib
from functools import partial
from typing import BinaryIO

from django.core.files import File as Content
from django.db import transaction

from portal.models import File, User
from portal.tasks import enqueue

from .images import redraw
from .kinds import Kind, recognise
from .names import clean_name
from .reading import read_file


def store(source: BinaryIO, *, name: str, user: User | None) -> File:
    """Keep what a member sent, or raise FileRefused; its words are read by a task."""
    form = recognise(source)
    if form.kind == Kind.IMAGE:
        redrawn = redraw(source, form)
        source, form = redrawn.content, redrawn.form
    content = Content(source)
    file = File(name=clean_name(name, form.ending), kind=form.kind, type=form.type, uploaded_by=user)
    file.size, file.hash = content.size, _hash(content)
    file.blob.save(file.name, content, save=False)
    try:
        with transaction.atomic():
            file.save()
            enqueue(read_file, file.pk)
    except BaseException:
        file.blob.storage.delete(file.blob.name)
        raise
    return file


def remove_file(file: File) -> None:
    """Forget a file; its bytes go once that is certain."""
    kept = [stored for stored in (file.blob, file.preview) if stored]
    with transaction.atomic():
        file.delete()
        for stored in kept:
            transaction.on_commit(partial(stored.storage.delete, stored.name))


def _hash(content: Content) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
