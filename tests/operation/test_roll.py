"""The roll of a new version, with a stand-in for docker that knows which server is healthy: nginx never names one that is not."""

import json
import os
import re
import subprocess
import sys

import pytest

from .stack import DEPLOY

# Writes down each call. `build` and `up` end as the state says; a server that is started serves the new version if it becomes healthy.
DOCKER = f"""#!{sys.executable}
import json, sys
from pathlib import Path

place = Path(__file__).with_name("state.json")
state = json.loads(place.read_text())
words = sys.argv[1:]
state["calls"].append(words)
done = 0
if words[0] == "inspect":
    print(state["health"].get(words[-1], ""))
elif words[:2] == ["compose", "ps"]:
    print(words[-1])
elif words[-1] in state["fails"] and words[1] in ("build", "run", "up"):
    done = 1
    if words[1] == "up":
        state["health"][words[-1]] = "unhealthy"
elif words[1] == "up":
    state["health"][words[-1]] = "healthy"
place.write_text(json.dumps(state))
sys.exit(done)
"""


class Machine:
    def __init__(self, folder):
        self.folder = folder
        self.state = {"health": {"web-1": "healthy", "web-2": "healthy"}, "fails": [], "calls": []}
        for name, text in (("docker", DOCKER), ("sleep", "#!/bin/sh\n")):
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)

    def roll(self) -> subprocess.CompletedProcess:
        place = self.folder / "state.json"
        place.write_text(json.dumps(self.state | {"calls": []}))
        done = subprocess.run([DEPLOY / "roll.sh"], capture_output=True, text=True, env={"PATH": f"{self.folder}:{os.environ['PATH']}"})
        self.state = json.loads(place.read_text())
        return done

    def steps(self) -> list:
        """What changed something: a start by its name, a list of those whom nginx was told to serve by."""
        told = [served(words) or words[1:] for words in self.state["calls"] if words[0] == "compose" and words[1] != "ps"]
        return [step if isinstance(step, tuple) else step[-1] for step in told]

    def serving(self) -> tuple:
        return next((step for step in reversed(self.steps()) if isinstance(step, tuple)), ("web-1", "web-2"))


def served(words: list[str]) -> tuple:
    return tuple(re.findall(r"server (\S+):8000;", words[-1]))


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_each_server_is_taken_out_before_it_is_started_anew(machine):
    assert machine.roll().returncode == 0
    assert machine.steps() == ["build", "prepare", ("web-2",), "web-1", ("web-1",), "web-2", ("web-1", "web-2"), "work"]
    starts = [words for words in machine.state["calls"] if words[1] == "up"]
    assert all("--no-deps" in words for words in starts) and all("--wait" in words for words in starts[:2])


def test_nothing_is_touched_when_the_image_or_the_tables_fail(machine):
    for step, before in (("build", []), ("prepare", ["build"])):
        machine.state["fails"] = [step]
        assert machine.roll().returncode != 0
        assert machine.steps() == [*before, step]


def test_a_server_that_does_not_become_healthy_stops_the_roll_and_the_old_one_serves(machine):
    machine.state["fails"] = ["web-1"]
    done = machine.roll()
    assert done.returncode != 0 and "web-1 did not become healthy, web-2 serves alone" in done.stderr
    assert machine.serving() == ("web-2",) and machine.steps()[-1] == "web-1", "web-2 and work are still the old ones"


@pytest.mark.parametrize("broken", ["web-1", "web-2"])
def test_a_roll_that_stopped_is_repeated_and_readers_never_meet_the_broken_server(machine, broken):
    machine.state["fails"] = [broken]
    assert machine.roll().returncode != 0
    machine.state["fails"] = []
    assert machine.roll().returncode == 0
    steps = machine.steps()
    assert steps.index(broken) < steps.index({"web-1": "web-2", "web-2": "web-1"}[broken])
    assert broken not in next(step for step in steps if isinstance(step, tuple))
    assert machine.serving() == ("web-1", "web-2")


def test_the_last_server_is_not_taken_away(machine):
    machine.state["health"] = {"web-1": "unhealthy", "web-2": "unhealthy"}
    done = machine.roll()
    assert done.returncode != 0 and "cannot be spared" in done.stderr
    assert machine.steps() == ["build", "prepare"]
