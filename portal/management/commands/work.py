import logging
from threading import Event, Thread

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from portal.clock import keep_time
from portal.tasks import RetryingWorker


class Command(BaseCommand):
    help = "Run tasks as they come and jobs as they fall due, until stopped by SIGINT or SIGTERM."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--interval", type=float, default=0.3, help="seconds between two looks for tasks")

    def handle(self, *, interval: float, **options) -> None:
        # The worker writes one line a task itself; tracebacks, which may quote what people wrote, stay in the database.
        logging.getLogger("django_tasks").setLevel(logging.CRITICAL + 1)
        worker = RetryingWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            backend_name="default",
            worker_id=get_random_string(32),
            interval=interval,
            batch=False,
            max_tasks=None,
            startup_delay=False,
        )
        worker.configure_signals()
        stop = Event()
        clock = Thread(target=keep_time, args=[stop], name="clock")
        clock.start()
        try:
            worker.run()
        finally:
            stop.set()
            clock.join()
