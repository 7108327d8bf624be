"""A real Elasticsearch: one whose address is given, else nodes that are started from what Maven has laid out in `tests/elasticsearch/`."""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PROJECT = Path(__file__).parent / "elasticsearch"
LIBRARIES, HOME = PROJECT / "target" / "lib", PROJECT / "target" / "home"
HEAP, SMALL_HEAP = "512m", "256m"
# A node lives for some seconds or minutes: translating its code well costs more than that saves.
STARTED_FAST = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
START_SECONDS = 60
NODES = ("one", "two", "three")
# A node that says nothing is given up after two seconds; outside of tests after half a minute.
SOON_GIVEN_UP = {
    f"cluster.fault_detection.{kind}_check.{name}": value
    for kind in ("leader", "follower")
    for name, value in (("interval", "500ms"), ("timeout", "1s"), ("retry_count", 2))
}


class Missing(Exception):
    """There is no server, and nothing to start one from."""


def failed_or_skipped(missing: Missing) -> None:
    pytest.fail(str(missing)) if os.environ.get("CI") else pytest.skip(str(missing))


class Node:
    """A process of its own, which keeps its data in `folder`."""

    def __init__(self, folder: Path, port: int, *, heap: str = HEAP, **settings):
        if not LIBRARIES.exists() or not shutil.which("java"):
            raise Missing("Elasticsearch is missing: install a JDK 17 and Maven, then sh tools/elasticsearch.sh lay_out")
        self.address = f"http://127.0.0.1:{port}"
        # As in compose.yaml: an index that is lost is made anew by the portal, with its mapping, and not by the next document.
        given = {"http.port": port, "path.data": folder, "action.auto_create_index": "false", **settings}
        command = ["java", *STARTED_FAST, f"-Xms{heap}", f"-Xmx{heap}", "-cp", f"{LIBRARIES}/*", PROJECT / "Node.java", HOME]
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen([*command, *(f"{name}={value}" for name, value in given.items())], stdout=log, stderr=log)

    def __enter__(self) -> "Node":
        return self

    def __exit__(self, *_failure) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        self.process.wait()

    def wait_until(self, path: str) -> None:
        """It answers this question well."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urlopen(f"{self.address}{path}", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError("Elasticsearch did not start")


@contextmanager
def running(folder: Path, **settings):
    """The address of one node."""
    if address := os.environ.get("ELASTICSEARCH_URL"):
        yield address
        return
    own = {"transport.port": free_port(), "discovery.type": "single-node"}
    with Node(folder, free_port(), **own, **settings) as node:
        node.wait_until("/_cluster/health")
        yield node.address


@contextmanager
def three_nodes(folder: Path):
    """By name: a cluster of nodes that may be killed. They are processes of our own, also where the address of another cluster is given."""
    transports = [free_port() for _name in NODES]
    together = {
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in transports),
        "cluster.initial_master_nodes": ",".join(NODES),
        **SOON_GIVEN_UP,
    }
    with ExitStack() as started:
        nodes = {}
        for name, transport in zip(NODES, transports, strict=True):
            (folder / name).mkdir()
            own = {"node.name": name, "transport.port": transport}
            nodes[name] = started.enter_context(Node(folder / name, free_port(), heap=SMALL_HEAP, **own, **together))
        for node in nodes.values():
            node.wait_until("/_cluster/health?wait_for_nodes=3&timeout=60s")
        yield nodes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
