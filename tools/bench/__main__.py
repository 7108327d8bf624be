"""`python -m tools.bench ROWS…`: a database of its own for each number of materials, filled and measured, then thrown away."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import report
from .databases import databases

ROWS = (1_000, 100_000)
PAGE = Path("docs/performance.md")


def main(sizes: list[int]) -> None:
    measured, seeding = {}, {}
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, databases(Path(folder)) as (vendor, prepared, copied):
        say("an empty portal")
        manage(folder, prepared, "migrate", "-v0")
        manage(folder, prepared, "prepare")
        manage(folder, prepared, "collectstatic", "--noinput", "-v0")
        for size in sizes:
            say(f"{size:,} materials")
            began = time.monotonic()
            with copied(size) as database:
                manage(folder, database, "seed_numbers", "--materials", str(size))
                seeding[size] = time.monotonic() - began
                measured[size] = json.loads(manage(folder, database, "measure_numbers"))
                shutil.rmtree(Path(folder) / "media", ignore_errors=True)
    lines = list(report.table(measured))
    PAGE.write_text(report.page(lines, vendor, seeding), "utf-8")
    print("\n".join(lines))


def manage(folder: str, database: str, *arguments: str) -> str:
    """What the command says ends here, unless it is told to be read; its errors are everybody's."""
    environment = {**os.environ, "PORTAL_VAR": folder, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tools.bench.settings"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def say(step: str) -> None:
    print(f"== {step}", flush=True)


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or list(ROWS))
