"""A real Elasticsearch: one whose address is given, else a node that is started from what Maven has laid out in `tests/elasticsearch/`."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PROJECT = Path(__file__).parent / "elasticsearch"
LIBRARIES, HOME = PROJECT / "target" / "lib", PROJECT / "target" / "home"
HEAP = "512m"
START_SECONDS = 60


class Missing(Exception):
    """There is no server, and nothing to start one from."""


@contextmanager
def running(folder: Path, **settings: str):
    """The address of a node of its own, which keeps its data in `folder`."""
    if address := os.environ.get("ELASTICSEARCH_URL"):
        yield address
        return
    if not LIBRARIES.exists() or not shutil.which("java"):
        raise Missing("Elasticsearch is missing: install a JDK 17 and Maven, then sh tools/elasticsearch.sh lay_out")
    port = free_port()
    given = {"http.port": port, "transport.port": free_port(), "discovery.type": "single-node", "path.data": folder, **settings}
    command = ["java", f"-Xms{HEAP}", f"-Xmx{HEAP}", "-cp", f"{LIBRARIES}/*", PROJECT / "Node.java", HOME]
    with (folder / "log").open("wb") as log:
        node = subprocess.Popen([*command, *(f"{name}={value}" for name, value in given.items())], stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}", node)
        yield f"http://127.0.0.1:{port}"
    finally:
        node.terminate()
        node.wait()


def wait_for(address: str, node: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and node.poll() is None:
        try:
            with urlopen(f"{address}/_cluster/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("Elasticsearch did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
