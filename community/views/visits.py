from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from .. import actions
from ..forms.membership import VisitForm
from ..models import Group


@login_required
def visit(request, pk: int):
    """The door for those responsible. To anybody else it is not there, whether or not the group is. It names no hidden group either."""
    if not request.user.is_caretaker:
        raise Http404
    group = get_object_or_404(Group, pk=pk)
    if group.is_open or Group.objects.readable_by(request.user).filter(pk=pk).exists():
        return redirect("group", pk)
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.visit_group(request.user, group, reason=form.cleaned_data["reason"])
        return redirect("group", pk)
    return render(request, "community/visit_group.html", {"form": form, "pk": pk}, status=422 if form.errors else 200)
