"""Real workers on the database that a test stands in, and what it takes to kill them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from .databases import database_url


def begin_worker(folder: Path, **environment: str) -> subprocess.Popen:
    """The real command; whoever begins one kills it."""
    known = {"DATABASE_URL": database_url(), "PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings.development"}
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]
    return subprocess.Popen(manage, env=os.environ | known | environment, stderr=subprocess.DEVNULL)


def kill(workers: list[subprocess.Popen]) -> None:
    """SIGKILL: nothing of theirs runs any more."""
    for worker in workers:
        worker.kill()
        worker.wait()


def wait_until(true: Callable[[], bool], pause: float = 0.1) -> None:
    for _look in range(int(60 / pause)):
        if true():
            return
        time.sleep(pause)
    raise AssertionError("it does not come")
