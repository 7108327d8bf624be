"""The portal behind the server it has in production, one process of it, and the CPU time that process spends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

HOST = "localhost"
WARMING = 20
ENOUGH_SECONDS, ENOUGH_REQUESTS, MOST_REQUESTS = 1.0, 100, 2000
_TICKS = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """`cpu` of the server for one request, and how long the one who asked waited, in milliseconds."""

    cpu: float
    p50: float
    p95: float


class Server:
    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self.port = process, port
        self.connection = HTTPConnection(HOST, port)

    @property
    def worker(self) -> int:
        """gunicorn's first child serves."""
        return int(Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0])

    def cpu_seconds(self) -> float:
        numbers = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / _TICKS

    def ask(self, address: str, cookies: str) -> float:
        began = time.perf_counter()
        self.connection.request("GET", address, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}")
        return time.perf_counter() - began

    def measure(self, addresses: list[str], cookies: str, *, seconds: float = ENOUGH_SECONDS) -> Cost:
        for address in islice(cycle(addresses), max(WARMING, len(addresses))):
            self.ask(address, cookies)
        before, waits = self.cpu_seconds(), []
        for address in islice(cycle(addresses), MOST_REQUESTS):
            waits.append(self.ask(address, cookies))
            if len(waits) >= ENOUGH_REQUESTS and self.cpu_seconds() - before > seconds:
                break
        spent = (self.cpu_seconds() - before) / len(waits)
        parts = quantiles(waits, n=20)
        return Cost(spent * 1000, parts[9] * 1000, parts[18] * 1000)


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    options = ["--workers=1", "--worker-class=gthread", "--threads=4", "--keep-alive=75", "--log-level=warning", f"--bind={HOST}:{port}"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--no-control-socket", *options]
    with core_of_its_own():
        process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        wait_for(port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def core_of_its_own() -> Iterator[None]:
    """What starts within runs on one core and the asking on the others: small answers cost half as much again when both wander about."""
    first, *others = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {first})
    yield
    os.sched_setaffinity(0, others or {first})


def wait_for(port: int, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            return socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
