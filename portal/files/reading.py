"""The words, the pages and the first picture of a file, read by a child process with limits."""

import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

from portal import seams
from portal.models import File, FilePage
from search.analysis import guess_language

from .facts import guess_title
from .kinds import Kind

CHILD = Path(__file__).with_name("child.py")
# Thread pools and arenas of the libraries reserve memory that the child's limit would count.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "TOKIO_WORKER_THREADS": "1", "RAYON_NUM_THREADS": "1"}
LANGUAGE_SAMPLE = 10_000
RESULT_BYTES = 32 * 1024 * 1024
# What the kernel or an allocator does to a process that wants too much.
OVER_LIMITS = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGXFSZ}
# pdfium marks a word broken at the end of a line by one of these.
BROKEN_WORD = re.compile("[\x02\xad\ufffe]\\s*")
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\uffff\ud800-\udfff]")


@task()
def read_file(file_id: int) -> None:
    file = File.objects.filter(pk=file_id).first()
    if not file:
        return
    if file.state == File.State.WAITING:
        _read(file)
    for ready in seams.file_ready:
        ready(file)


def _read(file: File) -> None:
    with tempfile.TemporaryDirectory(prefix="portal-file-") as folder:
        found = {} if file.kind == Kind.VIDEO else _run_child(file, Path(folder))
        file.reason = found.get("error", "")
        file.state = File.State.UNREADABLE if file.reason else File.State.READ
        parts = [clean_text(part) for part in found.get("parts", [])]
        file.pages = found.get("pages")
        file.title = guess_title(file.name, file.kind, property=found.get("title", ""), heading=found.get("heading", ""), parts=parts)
        sample = " ".join(parts)[:LANGUAGE_SAMPLE].strip() or file.title
        file.language = guess_language(sample) if sample else ""
        _keep(file, parts, Path(folder, "preview.webp"))


def clean_text(text: str) -> str:
    text = UNWANTED.sub("", BROKEN_WORD.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\xa0]+(?=\n)", "", text)).strip()


def _keep(file: File, parts: list[str], preview: Path) -> None:
    if not file.reason and preview.exists():
        # Django takes the size of a picture only from one that has a name.
        file.preview.save(preview.name, ContentFile(preview.read_bytes(), name=preview.name), save=False)
    with transaction.atomic():
        if not File.objects.select_for_update().filter(pk=file.pk).first():
            # Removed while it was being read: to save it would bring it back.
            file.preview.delete(save=False)
            return
        file.texts.all().delete()
        FilePage.objects.bulk_create(FilePage(file=file, number=number, text=part) for number, part in enumerate(parts, 1) if part)
        file.save()


def _run_child(file: File, folder: Path) -> dict[str, Any]:
    limits = {
        "megabytes": settings.FILE_READ_MEMORY_MB,
        "seconds": settings.FILE_READ_SECONDS,
        "characters": settings.FILE_TEXT_MAX_CHARACTERS,
    }
    with _on_disk(file) as path:
        command = [sys.executable, "-I", str(CHILD), json.dumps(limits), file.type, str(path)]
        try:
            ended = subprocess.run(  # noqa: S603 - our own program; the file is an argument, never a command
                command, cwd=folder, env=ENVIRONMENT, capture_output=True, timeout=settings.FILE_READ_SECONDS
            )
        except subprocess.TimeoutExpired:
            return {"error": File.Reason.TOO_COMPLEX}
    result = folder / "result.json"
    if ended.returncode or not result.exists() or result.stat().st_size > RESULT_BYTES:
        return {"error": File.Reason.TOO_COMPLEX if ended.returncode in OVER_LIMITS else File.Reason.DAMAGED}
    return json.loads(result.read_bytes())


@contextmanager
def _on_disk(file: File):
    """A path to the bytes, wherever they are kept."""
    try:
        yield file.blob.path
    except NotImplementedError:
        with file.blob.open() as source, tempfile.NamedTemporaryFile() as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            yield copy.name
