"""Looking after topics: what authors and stewards do with them and with their posts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.forms.complaints import ReasonForm
from portal.models import Case
from portal.paging import newest_first, oldest_first
from portal.views.deeds import deed

from .. import actions
from ..actions.editing import may_change
from ..cards import Cards
from ..differences import difference
from ..forms.stewarding import MoveForm, OwnDeletionForm, SplitForm
from ..forms.topics import TopicFactsForm
from ..models import Group, Post, Topic
from ..standing import standing_of
from .frame import frame, stewarded_group

POSTS_TO_CHOOSE = 100
SWITCHES = {"pin": actions.pin, "lock": actions.lock}


def visible_post(request, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.user).select_related("topic__group", "author"), pk=pk)


def to_post(post: Post):
    return redirect(f"/{get_language()}{post.address}" + (f"#post-{post.number}" if post.number else ""))


def to_topic(topic: Topic):
    return redirect(f"/{get_language()}{topic.address}")


@deed
def solve(request, pk: int):
    post = visible_post(request, pk)
    if "take_back" in request.POST:
        actions.unsolve(request.user, post.topic)
    else:
        actions.solve(request.user, post)
    return to_post(post)


def history(request, pk: int, number: int):
    """Every wording of a post with what was changed in it, the latest first."""
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("topic__group", "author"), topic=pk, number=number)
    page = newest_first(request, post.versions.select_related("by"), "at")
    texts = [newer_than(post, page.rows[0]) if page.rows else post.text, *(version.text for version in page.rows)]
    changes = [(version, difference(before, after)) for version, before, after in zip(page.rows, texts[1:], texts, strict=False)]
    return render(request, "community/history.html", {"post": post, "topic": post.topic, "page": page, "changes": changes})


def newer_than(post: Post, version) -> str:
    newer = post.versions.filter(at__gte=version.at, pk__gt=version.pk).order_by("at", "pk").first()
    return newer.text if newer else post.text


# Posts


def stewarded_post(request, pk: int) -> Post:
    """Of somebody whose words she looks after."""
    post = visible_post(request, pk)
    if not standing_of(request.user, post.topic.group).is_steward:
        raise Http404
    return post


@login_required
def hide_post(request, pk: int):
    post = stewarded_post(request, pk)
    if post.state == Post.State.HIDDEN:
        return shown_again(request, post, post.topic, lambda: actions.show_post(request.user, post), to_post(post))
    act = lambda **reason: actions.hide_post(request.user, post, **reason)  # noqa: E731
    return asked(request, ReasonForm, _("Take the post out of sight"), post.topic, act, to_post(post))


def shown_again(request, thing: Post | Topic, topic: Topic, act, done):
    """Unless those responsible for the portal have decided that it is not to be read. A second press of hiding it is none of showing it."""
    if "reason" in request.POST:
        return done
    if Case.objects.standing().about(thing.ref).exists():
        return render(request, "community/taken_down.html", {"topic": topic}, status=403 if request.method == "POST" else 200)
    return asked(request, OwnDeletionForm, _("Show it again"), topic, act, done)


@login_required
def delete_post(request, pk: int):
    post = visible_post(request, pk)
    if post.author_id != request.user.pk:
        post = stewarded_post(request, pk)
    form = OwnDeletionForm if post.author_id == request.user.pk else ReasonForm
    done = to_topic(post.topic)
    return asked(request, form, _("Delete the post"), post.topic, lambda **reason: actions.delete_post(request.user, post, **reason), done)


def asked(request, kind, title: str, topic: Topic, act, done):
    """A page that asks why, or whether she is sure, and then acts."""
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(**form.cleaned_data)
        return done
    context = {"form": form, "title": title, "topic": topic}
    return render(request, "community/asked.html", context, status=422 if form.errors else 200)


# What waits


@login_required
def held(request, pk: int):
    group, standing = stewarded_group(request, pk)
    # Who holds a group by her office reads in it only once she belongs to it.
    if not group.is_read:
        raise Http404
    waiting = Post.objects.filter(topic__group=group, state=Post.State.HELD).select_related("topic", "author")
    page = oldest_first(request, waiting, "created_at")
    cards = Cards(request.user, [post.html for post in page.rows])
    for post in page.rows:
        post.body = cards.fill(post.html)
    return render(request, "community/held.html", frame(request, group, standing, "held") | {"page": page})


@deed
def decide_held(request, pk: int):
    post = stewarded_post(request, pk)
    if "let_through" in request.POST:
        try:
            actions.let_through(request.user, post)
        except PermissionDenied:
            messages.error(request, _("This group is archived: nothing new is written in it."))
        return redirect("held", post.topic.group_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.refuse(request.user, post, form.cleaned_data["reason"])
    else:
        messages.error(request, _("Say why: the author reads it."))
    return redirect("held", post.topic.group_id)


# Topics


def visible_topic(request, pk: int) -> Topic:
    return get_object_or_404(Topic.objects.visible_to(request.user).select_related("group", "author"), pk=pk)


def stewarded_topic(request, pk: int) -> Topic:
    return get_object_or_404(Topic.objects.stewarded_by(request.user).select_related("group", "author"), pk=pk)


@deed
def switch(request, pk: int, name: str):
    topic = stewarded_topic(request, pk)
    SWITCHES[name](request.user, topic, on="off" not in request.POST)
    return to_topic(topic)


@login_required
def change(request, pk: int):
    topic = visible_topic(request, pk)
    standing = standing_of(request.user, topic.group)
    if not may_change(topic, request.user, standing):
        raise Http404
    form = TopicFactsForm(request.POST or None, instance=visible_topic(request, pk), announces=standing.is_steward)
    if request.method == "POST" and form.is_valid():
        actions.change_topic(request.user, topic, **form.cleaned_data)
        return to_topic(topic)
    context = {"form": form, "title": _("Change the topic"), "topic": topic}
    return render(request, "community/asked.html", context, status=422 if form.errors else 200)


@login_required
def hide(request, pk: int):
    topic = stewarded_topic(request, pk)
    if topic.state == Topic.State.HIDDEN:
        return shown_again(request, topic, topic, lambda: actions.show_topic(request.user, topic), to_topic(topic))
    act = lambda **reason: actions.hide_topic(request.user, topic, **reason)  # noqa: E731
    return asked(request, ReasonForm, _("Take the topic out of sight"), topic, act, to_topic(topic))


@login_required
def delete(request, pk: int):
    topic = visible_topic(request, pk)
    is_own = topic.author_id == request.user.pk and topic.posts_count <= 1
    if not (is_own or standing_of(request.user, topic.group).is_steward):
        raise Http404
    done = redirect(f"/{get_language()}/groups/{topic.group_id}/")
    act = lambda **reason: actions.delete_topic(request.user, topic, **reason)  # noqa: E731
    return asked(request, OwnDeletionForm if is_own else ReasonForm, _("Delete the topic"), topic, act, done)


@login_required
def move(request, pk: int):
    topic = stewarded_topic(request, pk)
    groups = Group.objects.stewarded_by(request.user).of_member(request.user).alive().exclude(pk=topic.group_id)
    form = MoveForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        actions.move_topic(request.user, topic, form.cleaned_data["group"])
        return to_topic(topic)
    context = {"form": form, "title": _("Move the topic to another group"), "topic": topic}
    return render(request, "community/asked.html", context, status=422 if form.errors else 200)


@login_required
def split(request, pk: int):
    topic = stewarded_topic(request, pk)
    posts = topic.posts.shown().filter(number__gt=1).order_by("-number")[:POSTS_TO_CHOOSE]
    form = SplitForm(request.POST or None, posts=sorted(posts, key=lambda post: post.number))
    if request.method == "POST" and form.is_valid():
        return to_topic(actions.split_topic(request.user, topic, form.cleaned_data["posts"], form.cleaned_data["title"]))
    context = {"form": form, "title": _("Make a topic of its own"), "topic": topic}
    return render(request, "community/asked.html", context, status=422 if form.errors else 200)
