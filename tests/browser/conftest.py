"""Chromium as the system packages bring it, the portal served beside it, and a walker who looks where she goes."""

import os
import shutil
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from .walker import Walker

# Playwright keeps an event loop in this thread; the tests themselves are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# A machine that does several things at once is slow, not wrong.
PATIENCE_SECONDS = 30
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        missing = "No Chromium: install it with `apt-get install chromium`, or let root run `make test`."
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return browser_type_launch_args | {"executable_path": found, "args": QUIET}


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Begun before the database stands in its file, the server would share one connection among its threads."""
    return live_server


@pytest.fixture
def walk(live_server, browser, transactional_db):
    """walk(language, width, javascript=True) begins a visit in a browser of its own. The database is emptied when all of them are over."""
    walkers = []

    def begin(language: str, width: int, *, javascript: bool = True) -> Walker:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            has_touch=width < 600,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        walkers.append(Walker(context, language, javascript=javascript))
        return walkers[-1]

    yield begin
    for walker in walkers:
        walker.context.close()
    finish_requests(live_server)


def finish_requests(live_server) -> None:
    """What closed pages have asked for is still being answered. Connections are taken in turn: after ours, no earlier one waits."""
    urlopen(f"{live_server.url}/health/live").close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive(), "A page that is closed is still being answered"
