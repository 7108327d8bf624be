"""A reader reports something; those responsible see the open reports. The thing itself is drawn by its own source."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from search import sources
from search.models import Entry

from .. import actions
from ..forms import ComplaintForm, ReasonForm
from ..models import Complaint
from ..refs import Ref
from .deeds import deed

SHOWN = 100


def visible_ref(user, source: str, pk: int) -> tuple[Ref, Entry]:
    """The thing that is reported, if this person may see it."""
    known = sources.get(source)
    entry = Entry.objects.filter(source=source, object_id=pk).first()
    if not known or not entry or pk not in known.visible_ids(user, [pk]):
        raise Http404
    return Ref(source, pk), entry


@login_required
def complain(request, source: str, pk: int):
    ref, entry = visible_ref(request.user, source, pk)
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.complain(request.user, ref, reason=form.cleaned_data["reason"], text=form.cleaned_data["text"])
        messages.success(request, _("Thank you. Those responsible will look at it."))
        return redirect(entry.data.get("url") or "start")
    return render(request, "portal/complain.html", {"form": form, "entry": entry}, status=422 if form.errors else 200)


@login_required
def complaints(request):
    """Open reports, oldest first, one line a thing."""
    if not request.user.is_caretaker:
        raise Http404
    opened = list(Complaint.objects.visible_to(request.user).open().select_related("by").order_by("created_at")[:SHOWN])
    entries = {(entry.source, entry.object_id): entry for entry in entries_of(opened)}
    rows = [{"complaint": complaint, "entry": entries.get((complaint.source, complaint.object_id))} for complaint in opened]
    return render(request, "portal/complaints.html", {"rows": rows, "form": ReasonForm()})


def entries_of(opened: list[Complaint]):
    for source in {complaint.source for complaint in opened}:
        ids = [complaint.object_id for complaint in opened if complaint.source == source]
        yield from Entry.objects.filter(source=source, object_id__in=ids)


@deed
def dismiss_complaints(request, source: str, pk: int):
    if not request.user.is_caretaker:
        raise Http404
    actions.decide_complaints(request.user, Ref(source, pk), upheld=False)
    messages.success(request, _("The report is closed."))
    return redirect("complaints")
