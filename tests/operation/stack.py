"""The processes of compose.yaml from system packages: the same commands and variables, on free ports, in a folder of their own."""

import glob
import json
import os
import shutil
import signal
import socket
import string
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.executable).parent
TOKEN = "a word of the operator"
SECRET = "for the stack of the test alone, and long enough to be taken for a secret"
HTTP, HTTPS, REDIS, POSTGRES, CLUSTER, WEBS = "http", "https", "redis", "postgres", "cluster", ("web-1", "web-2")
# PostgreSQL refuses to run as root.
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


NEEDED = ("nginx", "redis-server", "pg_ctl", "initdb", "psql", "openssl")
OTHER_PLACES = ("/usr/sbin", "/usr/lib/postgresql/*/bin")


def program(name: str) -> str | None:
    elsewhere = sorted(found for place in OTHER_PLACES for found in glob.glob(f"{place}/{name}"))
    return shutil.which(name) or next(reversed(elsewhere), None)


PROGRAMS = {name: program(name) for name in NEEDED}


def free_ports(names) -> dict[str, int]:
    sockets = {name: socket.create_server(("127.0.0.1", 0)) for name in names}
    ports = {name: opened.getsockname()[1] for name, opened in sockets.items()}
    for opened in sockets.values():
        opened.close()
    return ports


def wait_until(true: Callable[[], bool], what: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"{what} did not come within {seconds} s"
        time.sleep(0.1)


def rendered(template: str, **values) -> str:
    """As envsubst of the nginx image does it: known names alone; `$host` is nginx's own."""
    text = (DEPLOY / template).read_text()
    for name, value in values.items():
        text = text.replace("${" + name + "}", str(value))
    return text


class Stack:
    def __init__(self, folder: Path):
        self.folder = folder
        self.ports = free_ports([HTTP, HTTPS, REDIS, POSTGRES, CLUSTER, *WEBS])
        self.url = f"https://localhost:{self.ports[HTTPS]}"
        self.certificate = str(folder / "certificates" / "fullchain.pem")
        self.processes: dict[str, subprocess.Popen] = {}
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "localhost",
            "PORTAL_URL": self.url,
            "DATABASE_URL": f"postgres://portal@127.0.0.1:{self.ports[POSTGRES]}/portal",
            "CACHE_URL": f"redis://127.0.0.1:{self.ports[REDIS]}/0",
            "EMAIL_URL": "dummymail://",
            "MAIL_FROM": "portal@portal.example",
            "METRICS_TOKEN": TOKEN,
            "FILE_ACCEL_PREFIX": "/accel/",
            "TRUSTED_PROXIES": "1",
            # A cluster that is not there yet, nor its certificate: the portal starts and answers without it.
            "SEARCH_ENGINE": "elasticsearch",
            "ELASTICSEARCH_URL": f"https://127.0.0.1:{self.ports[CLUSTER]}",
            "ELASTICSEARCH_USER": "portal",
            "ELASTICSEARCH_PASSWORD": SECRET,
            "ELASTICSEARCH_CA": str(folder / "certificates" / "ca.crt"),
            "ELASTICSEARCH_REPLICAS": "1",
            "PORTAL_VAR": str(folder / "var"),
            "PROMETHEUS_MULTIPROC_DIR": str(folder / "counters"),
        }

    # Beginning and end

    def start(self) -> None:
        for name in ("var", "certificates", "counters", "nginx", "logs"):
            (self.folder / name).mkdir()
        self.start_postgres()
        self.start_redis()
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["prepare"]):
            self.manage(*command)
        for name in WEBS:
            self.start_web(name)
        self.start_work()
        self.start_nginx()

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
        self.pg_ctl("stop", "-m", "immediate", check=False)

    def run(self, name: str, command: list, **more) -> None:
        log = (self.folder / "logs" / name).open("ab")
        environment = self.environment | more.pop("environment", {})
        self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT, **more)

    def log(self, name: str) -> list[str]:
        return (self.folder / "logs" / name).read_text().splitlines()

    def lines(self, name: str) -> list[dict]:
        return [json.loads(line) for line in self.log(name)]

    def listens(self, name: str) -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.ports[name])) == 0

    def end(self, name: str, sign: int = signal.SIGTERM, seconds: float = 40) -> int:
        process = self.processes.pop(name)
        process.send_signal(sign)
        return process.wait(timeout=seconds)

    def start_redis(self) -> None:
        where = ["--port", str(self.ports[REDIS]), "--bind", "127.0.0.1"]
        self.run(REDIS, [PROGRAMS["redis-server"], *where, "--save", "", "--appendonly", "no"])
        wait_until(lambda: self.listens(REDIS), "Redis")

    # PostgreSQL

    def start_postgres(self) -> None:
        data = self.folder / "postgres"
        data.mkdir()
        if AS_POSTGRES:
            shutil.chown(data, "postgres")
        initdb = [PROGRAMS["initdb"], "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([*AS_POSTGRES, *initdb], check=True, stdout=subprocess.DEVNULL, cwd=data)
        self.pg_ctl("start", options=QUICK)
        self.psql("CREATE DATABASE portal")

    def pg_ctl(self, verb: str, *more: str, options: dict | None = None, check: bool = True) -> None:
        data = self.folder / "postgres"
        command = [PROGRAMS["pg_ctl"], "-D", data, "-w", "-l", data / "log", *more]
        if options is not None:
            listening = f"-k {data} -c listen_addresses=127.0.0.1 -p {self.ports[POSTGRES]}"
            command += ["-o", " ".join([listening, *(f"-c {name}={value}" for name, value in options.items())])]
        subprocess.run([*AS_POSTGRES, *command, verb], check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=data)

    def psql(self, statement: str, database: str = "postgres") -> list[str]:
        where = ["-h", "127.0.0.1", "-p", str(self.ports[POSTGRES]), "-U", "portal", "-d", database]
        done = subprocess.run([PROGRAMS["psql"], *where, "-qAtc", statement], check=True, capture_output=True, text=True)
        return done.stdout.splitlines()

    # The portal

    def manage(self, *command: str, **more) -> str:
        run = [sys.executable, "manage.py", *command]
        return subprocess.run(run, env=self.environment, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE, **more).stdout

    def start_web(self, name: str) -> None:
        bind = {"WEB_BIND": f"127.0.0.1:{self.ports[name]}", "WEB_PROCESSES": "2", "WEB_THREADS": "4"}
        self.run(name, [BIN / "gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"], environment=bind)
        wait_until(lambda: self.lives(name), name)

    def lives(self, name: str) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.ports[name]}/health/live", timeout=5).ok
        except requests.RequestException:
            return False

    def start_work(self) -> None:
        self.run("work", [sys.executable, "manage.py", "work"])

    # nginx

    def start_nginx(self) -> None:
        certificates, folder = self.folder / "certificates", self.folder / "nginx"
        request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        files = ["-keyout", certificates / "privkey.pem", "-out", self.certificate, "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run([PROGRAMS["openssl"], *request, *files], check=True, capture_output=True)
        places = {"STATIC_ROOT": self.folder / "var" / "static", "MEDIA_ROOT": self.folder / "var" / "media", "CERTIFICATES": certificates}
        ports = {"HTTP_PORT": self.ports[HTTP], "HTTPS_PORT": self.ports[HTTPS]}
        portal = rendered("portal.conf.template", PORTAL_HOST="localhost", SERVERS=folder, **places, **ports)
        (folder / "portal.conf").write_text(portal)
        self.serve_by(*WEBS)
        around = string.Template(
            "pid $folder/pid; error_log stderr crit; worker_processes 2; daemon off;\n"
            "events { worker_connections 512; }\n"
            "http { include /etc/nginx/mime.types; default_type application/octet-stream; $temporary\n include $folder/portal.conf; }\n"
        )
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        (folder / "nginx.conf").write_text(around.substitute(folder=folder, temporary=temporary))
        self.run("nginx", [PROGRAMS["nginx"], "-c", folder / "nginx.conf", "-e", "stderr"])
        wait_until(lambda: self.listens(HTTPS), "nginx")

    def serve_by(self, *webs: str) -> None:
        """As deploy/roll.sh does: these servers take what comes from now on, the others finish what they have."""
        servers = " ".join(f"server 127.0.0.1:{self.ports[name]};" for name in webs)
        (self.folder / "nginx" / "upstream.inc").write_text(rendered("upstream.inc.template", WEB_SERVERS=servers))
        if "nginx" in self.processes:
            self.processes["nginx"].send_signal(signal.SIGHUP)
            time.sleep(1)
