"""The administrators' page of tasks that were given up."""

import pytest
from django_tasks_db.models import DBTaskResult

from portal.models import Act
from tests.world import make_failed_task

from .entrance import address


@pytest.fixture
def staff(world):
    return world.client("staff")


def test_page_names_what_failed_and_quotes_nobody(world, staff):
    page = staff.get(address("failed_tasks")).content.decode()
    for told in ("portal.files.reading.read_file(7)", "builtins.ValueError", "6 әрекет"):
        assert told in page
    assert "aigerim@example.org" not in page


def test_page_costs_the_same_for_one_task_and_for_twenty(world, staff, django_assert_max_num_queries):
    staff.get(address("failed_tasks"))
    for _number in range(20):
        make_failed_task()
    with django_assert_max_num_queries(12):
        assert staff.get(address("failed_tasks")).content.decode().count("read_file(7)") == 21


def test_retrying_gives_a_task_all_its_attempts_again(world, staff):
    response = staff.post(address("retry_task", args=[world.failed.pk]), follow=True)
    row = DBTaskResult.objects.get(pk=world.failed.pk)
    assert (row.status, row.worker_ids, row.traceback, row.finished_at) == ("READY", [], "", None)
    assert row in DBTaskResult.objects.ready()
    assert "1 тапсырма" in response.content.decode()
    act = Act.objects.get(verb="retry task")
    assert act.actor == world.people["staff"]
    assert act.before["path"] == "portal.files.reading.read_file"
    staff.post(address("retry_task", args=[world.failed.pk]))
    assert Act.objects.filter(verb="retry task").count() == 1


def test_all_are_retried_at_once_and_the_waiting_are_left_alone(world, staff):
    make_failed_task(task_path="portal.files.reading.other")
    waiting = make_failed_task(status="READY", worker_ids=["a"])
    staff.post(address("retry_all_tasks"))
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"READY"}
    assert DBTaskResult.objects.get(pk=waiting.pk).worker_ids == ["a"]


def test_forgetting_leaves_an_act_and_only_what_failed_is_forgotten(world, staff):
    running = make_failed_task(status="RUNNING")
    for pk in (world.failed.pk, world.failed.pk, running.pk):
        assert staff.post(address("forget_task", args=[pk])).status_code == 302
    assert list(DBTaskResult.objects.all()) == [running]
    assert Act.objects.filter(verb="forget task").count() == 1


def test_nothing_happens_on_get(world, staff):
    names = ("retry_task", "forget_task")
    assert {staff.get(address(name, args=[world.failed.pk])).status_code for name in names} == {405}
    assert staff.get(address("retry_all_tasks")).status_code == 405
