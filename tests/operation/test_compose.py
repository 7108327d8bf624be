"""The files for containers say what the test of the stack starts, and pass the check of compose itself."""

import json
import os
import re
import shutil
import subprocess

import pytest

from .stack import DEPLOY, ROOT, rendered

COMPOSE = (ROOT / "compose.yaml").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
PORTAL, NODES = ("prepare", "web-1", "web-2", "work"), ("es-1", "es-2", "es-3")


def compose() -> list[str]:
    """`docker compose`, or the older program that Debian brings; neither asks an engine for this."""
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    missing = "No docker compose: let root run `make test`, or install docker-compose."
    pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)


def checked(filled: str, tmp_path) -> subprocess.CompletedProcess:
    (tmp_path / "env").write_text(filled)
    command = [*compose(), "--env-file", str(tmp_path / "env"), "-f", str(ROOT / "compose.yaml"), "config"]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})


def services_of(config: str) -> dict[str, str]:
    """What compose makes of the file, service by service."""
    pieces = re.split(r"^  ([\w-]+):$", config.partition("services:\n")[2].rpartition("\nvolumes:")[0], flags=re.MULTILINE)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def assert_nodes_are_safe_and_nobody_waits_for_them(services: dict[str, str]) -> None:
    for name in NODES:
        held = services[name]
        assert all(f"xpack.security.{part}enabled: 'true'" in held.replace('"', "'") for part in ("", "http.ssl.", "transport.ssl."))
        assert f"ssl.key: certificates/{name}/{name}.key" in held
        assert f"- {name}:/usr/share/elasticsearch/data" in held
        assert ("mem_limit" in held, "healthcheck" in held) == (True, True)
        assert "ports:" not in held
    for name in PORTAL:
        assert not any(f"{node}:\n" in services[name] for node in (*NODES, "cluster-user", "cluster-certificates"))
        assert "certificates:/" not in services[name], "whoever has the key of a node is a node"
        assert "authority:/authority:ro" in services[name]


def test_compose_takes_the_file_and_asks_for_what_is_missing(tmp_path):
    filled = re.sub(r"^(SECRET_KEY|\w+_PASSWORD)=$", r"\1=given", EXAMPLE, flags=re.MULTILINE)
    done = checked(filled, tmp_path)
    assert done.returncode == 0, done.stderr
    services = services_of(done.stdout)
    assert set(services) == {"db", "redis", "nginx", *PORTAL, *NODES, "cluster-certificates", "cluster-user"}
    assert_nodes_are_safe_and_nobody_waits_for_them(services)
    for name in re.findall(r"\$\{(\w+):\?\}", COMPOSE):
        refused = checked(re.sub(rf"^{name}=.*$", f"{name}=", filled, flags=re.MULTILINE), tmp_path)
        assert (refused.returncode != 0, name in refused.stderr) == (True, True)


def given(part: str, indent: int) -> set[str]:
    """Names of the variables of one part of compose.yaml."""
    return set(re.findall(rf"^ {{{indent}}}([A-Z_]+): ", COMPOSE.partition(part)[2].partition("volumes:")[0], re.MULTILINE))


def test_containers_start_what_the_test_of_the_stack_starts():
    dockerfile, stack = (ROOT / "Dockerfile").read_text(), (ROOT / "tests" / "operation" / "stack.py").read_text()
    assert json.dumps(["gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]) in dockerfile
    assert "command: [python, manage.py, work]" in COMPOSE
    assert {name for name in given("environment: &environment", 4) if f'"{name}"' not in stack} == set()


def test_every_variable_of_nginx_is_given():
    templates = "".join((DEPLOY / name).read_text() for name in ("portal.conf.template", "upstream.inc.template"))
    assert set(re.findall(r"\$\{(\w+)\}", templates)) == given("image: nginx", 6)


def test_the_image_is_not_run_by_root_and_holds_no_secret():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert dockerfile.rindex("USER portal") < dockerfile.rindex("CMD [")
    assert "HEALTHCHECK" in dockerfile
    assert {".env", "certificates", "var", ".git"} <= set((ROOT / ".dockerignore").read_text().split())
    assert "SECRET_KEY" not in dockerfile


def test_nginx_takes_the_largest_file_of_a_member():
    conf = rendered("portal.conf.template")
    largest = max(int(number) for number in re.findall(r"client_max_body_size (\d+)m", conf))
    assert largest > 500
