"""Tasks that failed for good, for administrators: what and how often, never the words of the error, which may quote people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from .. import actions
from .deeds import deed

SHOWN = 100


def permit(request) -> None:
    if not request.user.has_role("administrator"):
        raise Http404


@login_required
def failed_tasks(request):
    permit(request)
    rows = DBTaskResult.objects.failed().defer("traceback", "return_value").order_by("-finished_at", "pk")
    return render(request, "portal/failed_tasks.html", {"rows": rows[:SHOWN], "total": rows.count(), "shown": SHOWN})


@deed
def retry(request, pk):
    permit(request)
    return put_back(request, [pk])


@deed
def retry_all(request):
    permit(request)
    return put_back(request, list(DBTaskResult.objects.failed().values_list("pk", flat=True)))


def put_back(request, pks: list):
    number = actions.retry_tasks(request.user, pks)
    told = ngettext("%(number)d task is tried again.", "%(number)d tasks are tried again.", number) % {"number": number}
    messages.success(request, told)
    return redirect("failed_tasks")


@deed
def forget(request, pk):
    permit(request)
    actions.forget_task(request.user, pk)
    messages.success(request, _("The task is forgotten."))
    return redirect("failed_tasks")
