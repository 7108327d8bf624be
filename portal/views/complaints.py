"""A reader reports something; those responsible see the open reports. The thing itself is drawn by its own source."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from search import sources
from search.models import Entry

from .. import actions
from ..forms.complaints import ComplaintForm
from ..models import Complaint
from ..refs import Ref
from .deeds import deed

SHOWN = 100


def visible_ref(user, source: str, pk: int) -> tuple[Ref, Entry]:
    """The thing that is reported, if it has a page and this person may see it."""
    known = sources.get(source)
    entry = Entry.objects.filter(source=source, object_id=pk).first()
    if not known or not entry or not entry.data.get("url") or pk not in known.visible_ids(user, [pk]):
        raise Http404
    return Ref(source, pk), entry


@login_required
def complain(request, source: str, pk: int):
    ref, entry = visible_ref(request.user, source, pk)
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.complain(request.user, ref, reason=form.cleaned_data["reason"], text=form.cleaned_data["text"])
        messages.success(request, _("Thank you. Those responsible will look at it."))
        return redirect(entry.data["url"])
    return render(request, "portal/complain.html", {"form": form, "entry": entry}, status=422 if form.errors else 200)


@login_required
def complaints(request):
    """Open reports, oldest first, one line a thing."""
    if not request.user.is_caretaker:
        raise Http404
    about = {}
    for complaint in Complaint.objects.visible_to(request.user).open().select_related("by").order_by("created_at")[:SHOWN]:
        about.setdefault(complaint.ref, []).append(complaint)
    entries = {Ref(entry.source, entry.object_id): entry for entry in entries_of(about)}
    rows = [{"ref": ref, "entry": entries.get(ref), "complaints": told} for ref, told in about.items()]
    return render(request, "portal/complaints.html", {"rows": rows})


def entries_of(refs: Iterable[Ref]) -> Iterator[Entry]:
    for source in {ref.source for ref in refs}:
        yield from Entry.objects.filter(source=source, object_id__in=[ref.id for ref in refs if ref.source == source])


@deed
def dismiss_complaints(request, source: str, pk: int):
    if not request.user.is_caretaker:
        raise Http404
    actions.decide_complaints(request.user, Ref(source, pk), upheld=False)
    messages.success(request, _("The report is closed."))
    return redirect("complaints")
