import os
import shutil
import tempfile
from pathlib import Path

import pytest

from .stack import PROGRAMS, Stack

PEOPLE = """
from portal.demo import make_administrator, make_person, make_school
from resources.demo import make_material
staff = make_administrator("staff@example.org")
school = make_school()
owner = make_person("owner@example.org", school=school, confirmed_by=staff)
make_person("other@example.org", family_name="Ким", given_name="Виктор", school=school, confirmed_by=staff)
make_material(owner, title="Бөлшектерді салыстыру")
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and "stack" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.operation)


@pytest.fixture(scope="session")
def stack():
    missing = [name for name, found in PROGRAMS.items() if not found]
    if missing:
        told = f"No {', '.join(missing)}: let root run `make test`, or install nginx, redis-server and postgresql."
        pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
    folder = Path(tempfile.mkdtemp(prefix="portal-stack-"))
    # nginx and PostgreSQL run as people of their own.
    folder.chmod(0o755)
    running = Stack(folder)
    try:
        running.start()
        running.manage("shell", "-v0", "-c", PEOPLE)
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)
