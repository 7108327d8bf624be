"""Who did what: one log for administrators."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import make_aware

from ..alphabet import sort_key
from ..forms.acts import ActsForm
from ..models import Act, Role, User
from ..paging import newest_first
from ..seams import act_readers
from ..verbs import OF_STAFF


@login_required
def acts(request):
    if not request.user.has_role(Role.Name.ADMINISTRATOR):
        raise Http404
    form = ActsForm(request.GET)
    form.is_valid()
    page = newest_first(request, narrowed(form.cleaned_data).select_related("actor"), "at")
    return render(request, "portal/acts.html", {"page": page, "form": form, "told": told_to(request.user, page.rows)})


def told_to(user, acts: list[Act]) -> set[int]:
    """Those whose reasons and changes she may read: what is said in a closed group stands in the acts of its stewards too."""
    ids = defaultdict(set)
    for act in acts:
        ids[act.source].add(act.object_id)
    seen = {source: readers(user, ids[source]) for source, readers in act_readers.items() if source in ids}
    return {act.pk for act in acts if act.object_id in seen.get(act.source, {act.object_id})}


def narrowed(asked: dict):
    """What is no choice narrows nothing."""
    found = Act.objects.all()
    if person := asked.get("person"):
        people = named(person)
        found = found.filter(Q(actor__in=people) | Q(source="people", object_id__in=people.values("pk")))
    if verb := asked.get("verb"):
        found = found.filter(verb__in=OF_STAFF if verb == "staff" else [verb])
    if source := asked.get("source"):
        found = found.filter(source=source)
    if since := asked.get("since"):
        found = found.filter(at__gte=make_aware(datetime.combine(since, time())))
    if until := asked.get("until"):
        found = found.filter(at__lt=make_aware(datetime.combine(until + timedelta(days=1), time())))
    return found


def named(text: str):
    """People by their address, or by a part of the name."""
    key = sort_key(text)
    return User.objects.filter(Q(email_key=text.lower()) | (Q(sort_key__contains=key) if key else Q(pk__in=[])))
