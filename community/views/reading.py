"""Presses that say how far a person has read, how closely she follows and what she keeps; and the way to what is new."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language

from portal.paging import aware
from portal.views.deeds import deed, page_before

from .. import actions
from ..forms.reading import GroupLevelForm, TopicLevelForm, WatermarkForm
from ..models import Group, Post, Topic
from ..templatetags.drawing import keep_button


def to(request, topic: Topic, number: int):
    """A page that was reached from a letter still says which notice led there."""
    place, query = f"/{get_language()}{topic.address}", request.GET.urlencode()
    query = query and f"?{query}"
    return redirect(f"{place}{number}/{query}#post-{number}" if number else f"{place}{query}")


def first_unread(request, pk: int):
    topic = get_object_or_404(Topic.objects.visible_to(request.user).with_reading(request.user), pk=pk)
    new = Post.objects.visible_to(request.user).filter(topic=topic, number__gt=topic.my_read_to)
    return to(request, topic, new.order_by("number").values_list("number", flat=True).first() or topic.highest_number)


@deed
def read_topic(request, pk: int):
    """The script of the page needs no answer and follows no redirect; a browser that fetches ahead has read nothing."""
    topic, form = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk), WatermarkForm(request.POST)
    if not form.is_valid() or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponseBadRequest()
    number = form.cleaned_data["number"]
    actions.read_topic(request.user, topic, number)
    return to(request, topic, min(number, topic.highest_number))


@deed
def read_group(request, pk: int):
    group = get_object_or_404(Group.objects.visible_to(request.user).of_member(request.user), pk=pk)
    actions.read_group(request.user, group, looked_at(request))
    return redirect(page_before(request))


@deed
def read_everything(request):
    actions.read_everything(request.user, looked_at(request))
    return redirect("my_groups")


def looked_at(request):
    """When the list was drawn: what has come since is still new."""
    try:
        return aware(request.POST.get("until", ""))
    except (ValueError, OverflowError):
        return timezone.now()


@deed
def follow_group(request, pk: int):
    group = get_object_or_404(Group.objects.visible_to(request.user).of_member(request.user), pk=pk)
    form = GroupLevelForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    actions.follow_group(request.user, group, form.cleaned_data["level"])
    return redirect(page_before(request))


@deed
def follow_topic(request, pk: int):
    topic = get_object_or_404(Topic.objects.visible_to(request.user).filter(group__memberships__user=request.user), pk=pk)
    form = TopicLevelForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    actions.follow_topic(request.user, topic, form.cleaned_data["level"])
    return redirect(page_before(request))


@deed
def keep_post(request, pk: int):
    """The button alone for htmx, the page before without JavaScript."""
    post, kept = get_object_or_404(Post.objects.visible_to(request.user), pk=pk), "forget" not in request.POST
    press = actions.keep_post if kept else actions.forget_post
    press(request.user, post)
    if not request.htmx:
        return redirect(f"{page_before(request)}#post-{post.number}")
    return HttpResponse(keep_button(post.pk, get_language(), is_kept=kept))
