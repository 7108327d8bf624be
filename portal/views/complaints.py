"""A reader reports something; those responsible decide; the owner may appeal."""

from collections import defaultdict
from datetime import date, timedelta
from statistics import median

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .. import actions, seams
from ..forms.complaints import AppealForm, ComplaintForm, DecisionForm, QueueForm
from ..limits import TOO_OFTEN, exceeded
from ..models import Act, Case, Complaint
from ..paging import newest_first, oldest_first
from ..refs import Ref
from ..reporting import find_thing

DAYS_SHOWN = 180
HISTORY = 20
CHOICES = {"language": "language", "region": "region__code"}
VERBS = (
    "complain", "uphold complaints", "dismiss complaints", "hide", "show", "appeal", "uphold appeal", "dismiss appeal", "suspend",
    "lift suspension",
)  # fmt: skip


@login_required
def complain(request, source: str, pk: int):
    thing = find_thing(request.user, Ref(source, pk))
    if not thing:
        raise Http404
    form = ComplaintForm(request.POST or None, reasons=seams.reportables[source].reasons)
    if request.method == "POST" and form.is_valid():
        if not exceeded("complain", request.user):
            actions.complain(request.user, thing.ref, **form.cleaned_data)
            messages.success(request, _("Thank you. Those responsible will look at it, and you will be told what they decide."))
            return redirect(f"/{get_language()}{thing.address}")
        form.add_error(None, TOO_OFTEN)
    return render(request, "portal/complain.html", {"form": form, "thing": thing}, status=422 if form.errors else 200)


@login_required
def my_complaints(request):
    """What became of a person's reports."""
    page = newest_first(request, Complaint.objects.visible_to(request.user).select_related("case"), "created_at")
    return render(request, "portal/my_complaints.html", {"page": page})


@login_required
def complaints(request):
    """The queue, oldest first, one line a thing; what was decided stands in a second tab, newest first."""
    if not request.user.is_caretaker:
        raise Http404
    decided = request.GET.get("state") == "decided"
    form = QueueForm(request.GET)
    cases = narrowed(Case.objects.visible_to(request.user), form).annotate(number=Count("complaints"))
    cases = cases.select_related("region").prefetch_related("complaints")
    page = newest_first(request, cases.decided(), "decided_at") if decided else oldest_first(request, cases.open(), "opened_at")
    context = {"page": page, "form": form, "decided": decided, "tabs": tabs(request, decided), "months": months_of_decisions(request.user)}
    return render(request, "portal/complaints.html", context)


def narrowed(cases, form: QueueForm):
    """What is no choice narrows nothing."""
    form.is_valid()
    return cases.filter(**{CHOICES[name]: value for name, value in form.cleaned_data.items() if value})


def tabs(request, decided: bool) -> list[dict]:
    chosen = request.GET.copy()
    for name in ("after", "state"):
        chosen.pop(name, None)
    waiting = chosen.urlencode()
    chosen["state"] = "decided"
    return [
        {"label": _("Waiting for a decision"), "url": f"{request.path}?{waiting}" if waiting else request.path, "current": not decided},
        {"label": _("Decided"), "url": f"{request.path}?{chosen.urlencode()}", "current": decided},
    ]


def months_of_decisions(user) -> list[dict]:
    """How long half of the things waited at most, month by month, the latest first."""
    decided = Case.objects.visible_to(user).decided().filter(decided_at__gte=timezone.now() - timedelta(days=DAYS_SHOWN))
    waits: dict[date, list[timedelta]] = defaultdict(list)
    for opened, closed in decided.values_list("opened_at", "decided_at"):
        waits[timezone.localtime(closed).date().replace(day=1)].append(closed - opened)
    return [
        {"month": month, "number": len(found), "hours": max(1, round(median(wait.total_seconds() for wait in found) / 3600))}
        for month, found in sorted(waits.items(), reverse=True)
    ]


@login_required
def case(request, pk: int):
    """One thing: what is said of it, what was decided before, and the decision."""
    shown = get_object_or_404(Case.objects.visible_to(request.user).select_related("region", "owner", "decided_by", "appeal_of"), pk=pk)
    form = DecisionForm(request.POST or None, case=shown, only_upholding=actions.belongs_to_others(request.user, shown))
    if request.method == "POST" and form.is_valid():
        if actions.decide_case(request.user, shown, **form.cleaned_data):
            messages.success(request, _("Decided. Both sides are told."))
        else:
            messages.info(request, _("Somebody else has decided this already."))
        return redirect("complaints")
    context = {
        "case": shown,
        "form": form,
        "thing": find_thing(request.user, shown.ref),
        "complaints": shown.complaints.select_related("by"),
        "earlier": Case.objects.visible_to(request.user).about(shown.ref).exclude(pk=pk).decided().select_related("decided_by"),
        "acts": Act.objects.filter(source=shown.source, object_id=shown.object_id, verb__in=VERBS).select_related("actor")[:HISTORY],
        "may_suspend": shown.source == "people" and shown.owner and actions.may_suspend(request.user, shown.owner),
        "first_decision_mine": shown.is_appeal and shown.appeal_of.decided_by_id == request.user.pk,
    }
    return render(request, "portal/case.html", context, status=422 if form.errors else 200)


@login_required
def appeal(request, pk: int):
    """What the owner is told of a decision, and her answer to it."""
    told = get_object_or_404(Case.objects.told_to(request.user).select_related("appeal", "suspension"), pk=pk)
    answer = getattr(told, "appeal", None)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if answer or told.can_be_appealed:
            actions.appeal(request.user, told, text=form.cleaned_data["text"])
            messages.success(request, _("Your appeal is sent. You will be told what is decided."))
            return redirect("appeal", pk)
        form.add_error(None, _("The time for an appeal is over."))
    thing = find_thing(request.user, told.ref)
    context = {"case": told, "answer": answer, "form": form, "thing": thing, "suspension": getattr(told, "suspension", None)}
    return render(request, "portal/appeal.html", context, status=422 if form.errors else 200)
