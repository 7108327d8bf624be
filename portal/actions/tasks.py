"""What administrators do about tasks that failed for good."""

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ..models import User
from ..refs import Ref
from ..tasks import try_anew
from .access import permit_administrator
from .acts import record

# Tasks come and go and have no number of their own.
QUEUE = Ref("tasks", 0)


@transaction.atomic
def retry_tasks(actor: User, pks: list) -> int:
    """Give failed tasks all their attempts again; what another press has put back already is left alone."""
    permit_administrator(actor)
    rows = list(failed(pks))
    for row in rows:
        try_anew(row)
        record(actor, "retry task", QUEUE, before=told(row))
    return len(rows)


@transaction.atomic
def forget_task(actor: User, pk) -> None:
    permit_administrator(actor)
    for row in failed([pk]):
        before = told(row)
        row.delete()
        record(actor, "forget task", QUEUE, before=before)


def failed(pks: list):
    return DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.FAILED, pk__in=pks)


def told(row: DBTaskResult) -> dict:
    return {"task": str(row.pk), "path": row.task_path, "arguments": row.args_kwargs["args"], "error": row.exception_class_path}
