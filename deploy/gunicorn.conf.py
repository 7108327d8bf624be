"""The web server: a few processes with threads. nginx before it takes slow clients and files, so that no thread waits for them."""

import os

from prometheus_client import values

bind = os.environ.get("WEB_BIND", "0.0.0.0:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
# What has begun is finished before a process goes; `stop_grace_period` in compose.yaml is longer.
graceful_timeout = 30
# Should something leak, a process is renewed; never all of them at once.
max_requests = 20_000
max_requests_jitter = 5_000
worker_tmp_dir = "/dev/shm"  # noqa: S108 - in memory: a slow disk must not look like a process that hangs
control_socket_disable = True
# The portal writes a line a request itself, without the query and without the address of the reader.
accesslog = None
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "INFO", "handlers": ["console"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}


def pre_fork(server, worker):
    """The counters of a process that has gone are carried on by the one that takes its place: as many files as places."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in range(len(taken) + 1) if place not in taken)


def post_fork(server, worker):
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        values.ValueClass = values.MultiProcessValue(process_identifier=lambda: f"{server.pid}-{worker.place}")
