"""Looking after a topic: what its author and the stewards do with it and with its posts."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language

from portal.views.deeds import deed

from .. import actions
from ..models import Post


def visible_post(request, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.user).select_related("topic__group", "author"), pk=pk)


@deed
def solve(request, pk: int):
    post = visible_post(request, pk)
    if "take_back" in request.POST:
        actions.unsolve(request.user, post.topic)
    else:
        actions.solve(request.user, post)
    return redirect(f"/{get_language()}{post.address}#post-{post.number}")
