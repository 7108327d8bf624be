"""A group's own pages, founding one and changing it."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.files import respond_preview
from portal.limits import limited
from portal.models import User
from portal.models.people import LANGUAGES
from portal.paging import newest_first
from portal.views.deeds import deed
from portal.views.suggestions import school_options

from .. import actions, shelf
from ..forms.groups import GroupForm, PictureForm, ShelfForm
from ..lists import topics_of
from ..models import Group, Membership, Post, PostFile
from ..standing import Standing
from .frame import frame, known_group, owned_group, read_group


def group(request, pk: int):
    """What is said in it; whoever may not read is told what it is for and how to come in."""
    shown, standing = known_group(request, pk)
    context = frame(request, shown, standing, "group")
    if not shown.is_read:
        return render(request, "community/group_closed.html", context | {"visits": visits_told(request.user, shown, standing)})
    return render(request, "community/group.html", context | {"page": topics_of(request, shown), "now": timezone.now()})


def visits_told(user, group: Group, standing: Standing):
    """To whoever looks after it, and to administrators, who are told where nobody does; to nobody her own."""
    told = standing.is_steward or (user.is_authenticated and user.is_administrator)
    return group.visits.exclude(user=user).select_related("user")[:20] if told else []


def about(request, pk: int):
    """Whoever may not read in it is led to its front page, which says what she may know: notices of visits lead here."""
    shown, standing = known_group(request, pk, "subject", "region", "school", "network", "founder")
    if not shown.is_read:
        if not visits_told(request.user, shown, standing):
            raise Http404
        return redirect("group", pk)
    context = {
        "stewards": Membership.objects.visible_to(request.user).filter(group=shown).stewards().select_related("user").order_by("joined_at"),
        "founder": shown.founder if standing.is_member or shown.is_open else None,
        "visits": visits_told(request.user, shown, standing),
        "languages": [label for code, label in LANGUAGES if code in shown.languages],
        "grades": shown.grades.all(),
    }
    return render(request, "community/group_about.html", frame(request, shown, standing, "group_about") | context)


def members(request, pk: int):
    """Those who are signed in see who is in it; a guest reads only how many."""
    shown, standing = read_group(request, pk)
    people = User.objects.not_blocked_by(request.user)
    rows = Membership.objects.visible_to(request.user).filter(group=shown, user__in=people).select_related("user")
    page = newest_first(request, rows, "joined_at")
    return render(
        request,
        "community/group_members.html",
        frame(request, shown, standing, "group_members") | {"page": page, "members_are_chosen": not shown.is_of_cohort},
    )


def files(request, pk: int):
    shown, standing = read_group(request, pk)
    posts = Post.objects.visible_to(request.user).filter(topic__group=shown)
    rows = PostFile.objects.filter(post__in=posts).select_related("file", "post__topic", "post__author")
    page = newest_first(request, rows, "post__created_at")
    return render(request, "community/group_files.html", frame(request, shown, standing, "group_files") | {"page": page})


def materials(request, pk: int):
    shown, standing = read_group(request, pk)
    context = frame(request, shown, standing, "group_materials")
    if question := shelf.question_of(shown):
        context |= {"results": shelf.found(request.user, question), "all_url": shelf.address(question)}
    return render(request, "community/group_materials.html", context)


def picture(request, pk: int):
    """Small, as it is drawn when the file is read."""
    shown = get_object_or_404(Group.objects.visible_to(request.user).select_related("picture"), pk=pk)
    if not shown.picture or not shown.picture.preview:
        raise Http404
    return respond_preview(request, shown.picture)


@login_required
@limited("group")
def found(request):
    if not actions.may_found(request.user):
        return render(request, "community/may_not_found.html", status=403)
    forms = Forms(request, Group())
    if forms.are_sent and forms.are_valid():
        made = actions.found_group(request.user, **forms.data())
        messages.success(request, _("The group is there. Say in a first topic what you would like to talk about."))
        return redirect("group", made.pk)
    return render(request, "community/found.html", forms.context(), status=forms.status)


def to_what_she_reads(request, pk: int):
    """After a deed. Who holds a group by her office may not read in it, and may know it no longer once it is hidden."""
    if Group.objects.readable_by(request.user).filter(pk=pk).exists():
        return redirect("group_about", pk)
    return redirect("group", pk) if Group.objects.visible_to(request.user).filter(pk=pk).exists() else redirect("groups")


@login_required
def edit(request, pk: int):
    shown, _standing = owned_group(request, pk)
    forms = Forms(request, shown)
    if forms.are_sent and forms.are_valid():
        actions.change_group(request.user, shown, **forms.data())
        messages.success(request, _("Saved."))
        return to_what_she_reads(request, pk)
    return render(request, "community/edit_group.html", forms.context() | {"group": shown}, status=forms.status)


class Forms:
    """The two halves of one page: what the group is, and what stands on its shelf."""

    def __init__(self, request, row: Group):
        # The button «Find», for those without JavaScript, only asks for schools to choose from.
        self.asks = request.method == "POST" and "find" in request.POST
        self.are_sent = request.method == "POST" and not self.asks
        self.request, sent = request, request.POST if request.method == "POST" else None
        # A form writes into its row even what is refused; the page around it shows the group as it is.
        self.group = GroupForm(sent, instance=copy(row))
        self.shelf = ShelfForm(sent, prefix="shelf", initial={"text": row.shelf.get("text", ""), **row.shelf.get("facets", {})})
        self.school = row.school

    def are_valid(self) -> bool:
        return all([self.group.is_valid(), self.shelf.is_valid()])

    def data(self) -> dict:
        return self.group.cleaned_data | {"shelf": self.shelf.question()}

    @property
    def status(self) -> int:
        return 422 if self.are_sent else 200

    def context(self) -> dict:
        typed = self.request.POST.get("school_text", str(self.school or ""))
        choices = school_options(self.request, typed) if self.asks else []
        return {
            "form": self.group,
            "shelf_form": self.shelf,
            "typed": typed,
            "choices": choices,
            "nothing_found": self.asks and not choices,
        }


@login_required
def change_picture(request, pk: int):
    """Another one, or none."""
    shown, _standing = owned_group(request, pk)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.stored(request.user)
        if not form.errors:
            actions.change_picture(request.user, shown, file)
            messages.success(request, _("Saved."))
            return to_what_she_reads(request, pk)
    return render(request, "community/group_picture.html", {"form": form, "group": shown}, status=422 if form.errors else 200)


@deed
def archive(request, pk: int):
    shown, _standing = owned_group(request, pk)
    if "reopen" in request.POST:
        actions.reopen_group(request.user, shown)
        messages.success(request, _("The group is open for writing again."))
    else:
        actions.archive_group(request.user, shown)
        messages.success(request, _("The group is archived: it can be read, and nothing new is written."))
    return to_what_she_reads(request, pk)
