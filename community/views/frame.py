"""What stands around every page of a group: its name, the door, the tabs."""

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.text import words_of

from ..forms.groups import JoinForm
from ..lists import what_waits
from ..models import Exclusion, Group, JoinRequest
from ..standing import Standing, standing_with


def known_group(request, pk: int, *related: str) -> tuple[Group, Standing]:
    """A group whose name she may know, with the codes of its subject and region for the line under its name."""
    known = Group.objects.visible_to(request.user).with_place(request.user)
    known = known.annotate(subject_code=F("subject__code"), region_code=F("region__code"))
    group = get_object_or_404(known.select_related(*related), pk=pk)
    standing = standing_with(request.user, group, group.my_role, group.my_level)
    group.is_read = is_read(request.user, group, standing)
    return group, standing


def is_read(user, group: Group, standing: Standing) -> bool:
    """Whoever knows an open group or belongs to one reads in it: only of other groups the rule has to be asked."""
    return group.is_open or standing.is_member or Group.objects.readable_by(user).filter(pk=group.pk).exists()


def read_group(request, pk: int) -> tuple[Group, Standing]:
    """One in which she may read."""
    group, standing = known_group(request, pk)
    if not group.is_read:
        raise Http404
    return group, standing


def owned_group(request, pk: int) -> tuple[Group, Standing]:
    group, standing = known_group(request, pk)
    if not standing.is_owner:
        raise Http404
    return group, standing


def stewarded_group(request, pk: int) -> tuple[Group, Standing]:
    group, standing = known_group(request, pk)
    if not standing.is_steward:
        raise Http404
    return group, standing


def frame(request, group: Group, standing: Standing, tab: str = "") -> dict:
    return {
        "group": group,
        "standing": standing,
        "door": door(request.user, group, standing),
        "tabs": tabs(group, standing, tab) if group.is_read else [],
        "trail": [{"label": _("Groups"), "url": reverse("groups")}],
        "summary": words_of(group.purpose),
    }


def tabs(group: Group, standing: Standing, current: str) -> list[dict]:
    named = {
        "group": _("Topics"),
        "group_files": _("Files"),
        "group_materials": _("Materials"),
        "group_members": _("Members"),
        "group_about": _("About the group"),
    }
    counts = {"group_members": group.members_count}
    if standing.is_steward:
        labels = {"group_requests": _("Requests to join"), "held": _("Posts that wait")}
        waiting = {name: number for name, number in what_waits([group.pk])[group.pk].items() if number or current == name}
        named, counts = named | {name: labels[name] for name in waiting}, counts | waiting
    return [
        {"label": label, "url": reverse(name, args=[group.pk]), "current": name == current, "count": counts.get(name)}
        for name, label in named.items()
    ]


def door(user, group: Group, standing: Standing) -> dict:
    """How she comes in, or why not. A guest is led to the sign-in and comes back."""
    if standing.is_member or not user.is_authenticated or group.archived_at or group.hidden_at:
        return {}
    if exclusion := Exclusion.objects.filter(group=group, user=user).first():
        return {"exclusion": exclusion}
    if group.is_open:
        return {"joins": True}
    asked = group.requests.filter(user=user, state=JoinRequest.State.WAITING).first()
    return {"asked": asked} if asked else {"form": JoinForm(group=group)}
