"""A task that takes its time: the worker of the stack imports it by its path."""

from time import sleep

from django_tasks import task


@task()
def rest(seconds: int) -> None:
    sleep(seconds)
