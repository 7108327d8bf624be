"""Who looks after a cohort, and as what."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.views.deeds import deed

from .. import actions
from ..forms.team import RoleForm
from ..models import CohortRole
from ..querysets.roles import TEAM
from .frame import frame, kept_cohort, known_cohort


@login_required
def team(request, pk: int):
    shown, standing = known_cohort(request, pk)
    if not standing.knows_team:
        raise Http404
    if request.method == "POST" and not standing.may_change:
        raise Http404
    form = RoleForm(request.POST or None, user=request.user) if standing.may_change else None
    if request.method == "POST" and form.is_valid():
        if given := give(request, shown, form):
            return given
    status = 422 if form and form.errors else 200
    context = {"form": form, "names": by_role(shown.roles.current().select_related("user"))}
    return render(request, "leaders/team/team.html", frame(shown, standing, "cohort_team") | context, status=status)


def give(request, shown, form: RoleForm):
    person, name = form.cleaned_data["person"], form.cleaned_data["name"]
    try:
        role = actions.give_cohort_role(request.user, shown, person, name)
    except actions.ConflictOfInterest:
        form.add_error("person", _("Whoever applies to the cohort or studies in it does not look after it."))
        return None
    said = {"name": person.full_name, "role": role.get_name_display()}
    messages.success(request, _("%(name)s has a role now: %(role)s.") % said)
    return redirect("cohort_team", shown.pk)


@deed
def end(request, pk: int, role_pk: int):
    shown, _standing = kept_cohort(request, pk)
    role = get_object_or_404(CohortRole.objects.editable_by(request.user).select_related("user", "cohort"), cohort=shown, pk=role_pk)
    try:
        actions.end_cohort_role(request.user, role)
    except actions.LastManager:
        messages.error(request, _("People have applied: name another manager first."))
    else:
        said = {"name": role.user.full_name, "role": role.get_name_display()}
        messages.success(request, _("The role has ended: %(name)s, %(role)s.") % said)
    still_there = shown.roles.current().filter(user=request.user).exists() or request.user.is_administrator
    return redirect("cohort_team" if still_there else "cohort", pk)


def by_role(roles) -> list[tuple[str, list[CohortRole]]]:
    ordered = sorted(roles, key=lambda role: (TEAM.index(role.name), role.user.sort_key))
    return [(CohortRole.Name(name).label, list(held)) for name, held in groupby(ordered, key=lambda role: role.name)]
