"""The story of a change project."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.views.deeds import deed

from .. import actions
from ..forms.projects import StoryForm
from ..models import Story
from ..moves import MoveRefused
from ..querysets.roles import SEATED
from .projects import own_project, trail_to, with_charts


def story(request, pk: int):
    """For everybody once it is published; before that for the team, and for those who look after the cohort."""
    rows = Story.objects.visible_to(request.user).select_related(
        "project__school", "project__enrolment__user", "project__enrolment__cohort"
    )
    shown = get_object_or_404(rows, pk=pk)
    owner = shown.project.enrolment.user
    members = list(shown.project.members.select_related("user"))
    is_mine = request.user.is_authenticated and owner == request.user
    is_in_team = is_mine or any(member.user_id == request.user.pk for member in members)
    context = {
        "story": shown,
        "project": shown.project,
        "owner": owner,
        "members": [member for member in members if is_in_team or member.agreed_at],
        "me": next((member for member in members if member.user_id == request.user.pk), None),
        "is_mine": is_mine,
        "edits": is_mine and shown.project.enrolment.state in SEATED,
        "waiting": [member for member in members if not member.agreed_at],
        "indicators": with_charts(shown.project.indicators.prefetch_related("measurements")),
        "canonical_url": request.build_absolute_uri(f"/{shown.language}{shown.address}"),
        "reportable": shown.state == Story.State.PUBLISHED and not is_mine,
    }
    return render(request, "leaders/projects/story.html", context)


@login_required
def write_story(request, pk: int):
    project = own_project(request, pk)
    known = Story.objects.editable_by(request.user).filter(project=project).first()
    form = StoryForm(request.POST or None, instance=known, initial=None if known else {"title": project.title, "language": get_language()})
    if request.method == "POST" and form.is_valid():
        return redirect("story", actions.write_story(request.user, project, **form.cleaned_data).pk)
    context = {"form": form, "project": project, "story": known, "has_team": project.members.exists(), "trail": trail_to(project)}
    return render(request, "leaders/projects/edit_story.html", context, status=422 if form.errors else 200)


@deed
def agree_to_story(request, pk: int):
    shown = get_object_or_404(Story.objects.waiting_for(request.user), pk=pk)
    try:
        actions.agree(request.user, shown, agrees="disagree" not in request.POST, words=request.POST.get("words", ""))
    except actions.OtherWords:
        messages.error(request, _("The story has changed meanwhile: please read it once more."))
    return redirect("story", pk)


@deed
def move_story(request, pk: int):
    withdraws = "withdraw" in request.POST
    rows = Story.objects.withdrawable_by(request.user) if withdraws else Story.objects.editable_by(request.user)
    shown = get_object_or_404(rows.select_related("project"), pk=pk)
    try:
        if withdraws:
            actions.withdraw_story(request.user, shown)
        else:
            actions.publish_story(request.user, shown)
            messages.success(request, _("The story is published."))
    except actions.NotAgreed:
        messages.error(request, _("Not everybody in the team has agreed yet."))
    except actions.TakenDown:
        messages.error(request, _("Those responsible for the portal have taken it down. Your notices say why."))
    except MoveRefused:
        messages.info(request, _("Nothing was changed: somebody else was faster, or the page was old."))
    return redirect("story", pk)
