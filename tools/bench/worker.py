"""How much memory the worker holds after it has worked."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.files import store
from portal.tasks import enqueue
from resources.demo_files import FileSpec, build_file
from resources.tasks import refresh_entries_of_author

from .texts import texts

FILES, PEOPLE = 20, 20
SECONDS = 120


def measure_worker(environment: dict[str, str]) -> float:
    """The most that the process ever held, in MiB, after reading files and writing entries anew."""
    enqueue_work()
    process = subprocess.Popen([sys.executable, "manage.py", "work"], env={**os.environ, **environment})
    try:
        until = time.monotonic() + SECONDS
        while DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists():
            if time.monotonic() > until:
                raise TimeoutError("The worker has not finished its tasks.")
            time.sleep(0.2)
        return peak_memory(process.pid)
    finally:
        process.terminate()
        process.wait()


def enqueue_work() -> None:
    people = get_user_model().objects.order_by("pk")[:PEOPLE]
    for told, person in zip(texts()[:FILES], list(people) * FILES, strict=False):
        spec = FileSpec(name="сабақ", format="docx", title=told.title, language=told.language, author=person.full_name, body=told.page)
        name, content = build_file(spec)
        store(ContentFile(content, name=name), name=name, user=person)
    for person in people:
        enqueue(refresh_entries_of_author, person.pk)


def peak_memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
