"""Topics about a material or another thing of the portal."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from portal.refs import Ref
from search import sources
from search.models import Entry

from ..models import Group, Topic

SHOWN = 30


def topics_about(request, source: str, pk: int):
    """Those that the reader may see; whoever belongs to a group can begin another one."""
    ref, entry = visible_thing(request.user, source, pk)
    topics = Topic.objects.visible_to(request.user).shown().with_reading(request.user).filter(about_source=source, about_id=pk)
    context = {
        "ref": ref,
        "entry": entry,
        "topics": topics.with_writer().select_related("group").order_by("-bumped_at", "-pk")[:SHOWN],
        "groups": Group.objects.of_member(request.user).alive().order_by("pk") if request.user.is_authenticated else (),
    }
    return render(request, "community/topics_about.html", context)


def visible_thing(user, source: str, pk: int) -> tuple[Ref, Entry]:
    entry = Entry.objects.filter(source=source, object_id=pk).first() if sources.get(source) and pk < 2**63 else None
    if not entry or not sources.visible_to(user, {source: [pk]}):
        raise Http404
    return Ref(source, pk), entry


@login_required
def begin_about(request, source: str, pk: int):
    """In the group she has chosen: the form of a new topic opens with the thing set."""
    ref, _entry = visible_thing(request.user, source, pk)
    chosen = request.GET.get("group", "")
    group = (
        Group.objects.of_member(request.user).alive().filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    )
    if not group:
        return redirect("topics_about", source, pk)
    return redirect(f"/{get_language()}/groups/{group.pk}/ask/?about={ref}")
