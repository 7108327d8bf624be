"""Everything that is said in a group, taken along by its owner."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.files import respond_archive
from portal.limits import limited

from .. import actions
from ..models import GroupExport
from .frame import frame, owned_group


@login_required
@reauthentication_required
@limited("group-export")
def export(request, pk: int):
    group, standing = owned_group(request, pk)
    if not group.is_read:
        raise Http404
    if request.method == "POST":
        actions.ask_for_export(request.user, group)
        messages.success(request, _("The group is being packed. You will be told when the archive is ready."))
        return redirect("group_export", pk)
    made = GroupExport.objects.visible_to(request.user).filter(group=group).first()
    return render(request, "community/group_export.html", frame(request, group, standing) | {"export": made})


@login_required
@reauthentication_required
def archive(request, pk: int):
    made = get_object_or_404(GroupExport.objects.visible_to(request.user).ready(), group=pk)
    return respond_archive(request, made.archive, name=f"group-{pk}-{made.ready_at:%Y-%m-%d}.zip", etag=f"group-export-{made.pk}")
