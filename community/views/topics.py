"""A topic as it is read, and its files."""

from datetime import date, datetime, time

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from portal.files import respond, respond_preview

from .. import windows
from ..actions.editing import may_change
from ..cards import Cards
from ..models import FormerPlace, Post, PostFile, Topic
from ..standing import Standing, standing_with
from ..windows import LARGEST_NUMBER, Window
from .composing import answering


def opened_topic(request, pk: int) -> tuple[Topic, Standing]:
    """With what its page asks of this reader, in one query."""
    topics = Topic.objects.visible_to(request.user).with_standing(request.user).select_related("group")
    topic = get_object_or_404(topics, pk=pk)
    return topic, standing_with(request.user, topic.group, topic.my_role)


def topic(request, pk: int, number: int = 0):
    shown, standing = opened_topic(request, pk)
    if wanted := wanted_day(request):
        return redirect(address(shown, first_of(shown.posts.shown().filter(created_at__gte=wanted)) or shown.highest_number))
    posts = posts_for(request.user, shown, standing)
    window = asked_window(request, posts, shown, number)
    if number and number not in {post.number for post in window.posts}:
        return elsewhere(request, shown, number)
    waiting = posts.filter(number=None).order_by("pk") if shown.has_waiting or not shown.highest_number else ()
    context = {
        "topic": shown,
        "standing": standing,
        "window": window,
        "asked": number if number > 1 else 0,
        "base": f"/{get_language()}/topics/{pk}/",
        "canonical_url": request.build_absolute_uri(f"/{shown.language}{shown.address}"),
        "unread_from": first_unread(shown, window),
        "taken": next((post.key for post in reversed(window.posts) if post.author_id == request.user.pk), ""),
        "last_number": max((post.number for post in window.posts), default=0),
        **drawn(request.user, shown, window, list(waiting)),
        **answering(request, shown, standing),
    }
    return render(request, "community/topic.html", context | {"deeds": deeds_of(request.user, shown, standing)})


def deeds_of(user, shown: Topic, standing: Standing) -> dict:
    """What this reader may do with the posts of a topic, and with the topic."""
    if not user.is_authenticated:
        return {}
    answers, changes = standing.answers(shown), may_change(shown, user, standing)
    return {
        "user": user.pk,
        "answers": answers,
        "solves": changes and shown.kind == Topic.Kind.QUESTION,
        "steward": standing.is_steward,
        "topic": changes or standing.is_steward,
    }


def posts_for(user, shown: Topic, standing: Standing):
    posts = shown.posts.read_by(user, steward=standing.is_steward).with_what_is_around(user)
    return posts.select_related("author")


def asked_window(request, posts, shown: Topic, number: int) -> Window:
    for name, turn in (("after", windows.newer), ("before", windows.older)):
        asked = request.GET.get(name, "")
        if asked.isascii() and asked.isdigit() and 0 < int(asked[:12]) <= LARGEST_NUMBER:
            return turn(posts, int(asked), shown.highest_number)
    return windows.around(posts, min(number or 1, LARGEST_NUMBER), shown.highest_number)


def drawn(user, shown: Topic, window: Window, waiting: list[Post]) -> dict:
    """Every text filled with what this reader may see, every file fetched, at once for the whole page."""
    posts = [*window.posts, *waiting]
    if filed := {post.pk: post for post in posts if post.has_files}:
        for row in PostFile.objects.filter(post__in=filed).select_related("file"):
            post = filed[row.post_id]
            post.shown_files = [*getattr(post, "shown_files", ()), row.file]
    people = [post.author for post in posts if post.author] + ([user] if user.is_authenticated else [])
    cards = Cards(user, [post.html for post in posts] + about_link(shown), topic=shown.pk, people=people)
    for post in posts:
        post.body = cards.fill(post.html)
    return {"waiting": waiting, "about": cards.fill("".join(about_link(shown)))}


def about_link(shown: Topic) -> list[str]:
    """What the topic is about is a reference like one in a text."""
    if not shown.about:
        return []
    place = f"/{shown.about.source}/{shown.about.id}/"
    return [f'<p><a data-ref="{shown.about}" href="{place}">{place}</a></p>']


def first_unread(shown: Topic, window: Window) -> int:
    """The post above which the line of what is new stands."""
    if not (shown.my_role or shown.my_read_to):
        return 0
    return next((post.number for post in window.posts if post.number > shown.my_read_to), 0)


def elsewhere(request, shown: Topic, number: int):
    """A post that has moved leads on; one that is gone shows its gap among its neighbours; what never was does not exist."""
    moved = FormerPlace.objects.filter(topic=shown, number=number).select_related("post").first()
    if moved and Post.objects.visible_to(request.user).filter(pk=moved.post_id).exists():
        return redirect(f"/{get_language()}{moved.post.address}")
    if 0 < number <= shown.highest_number and shown.posts.filter(number=number).exists():
        return redirect(f"/{get_language()}{shown.address}?after={max(number - windows.BEFORE, 1)}")
    raise Http404


def first_of(posts) -> int:
    return posts.order_by("number").values_list("number", flat=True).first() or 0


def address(shown: Topic, number: int) -> str:
    base = f"/{get_language()}{shown.address}"
    return f"{base}{number}/#post-{number}" if number else base


def wanted_day(request) -> datetime | None:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        return timezone.make_aware(datetime.combine(day, time.min))
    except (ValueError, OverflowError):
        return None


def visible_file(request, pk: int, file_pk: int) -> PostFile:
    posts = Post.objects.visible_to(request.user).filter(topic=pk)
    return get_object_or_404(PostFile.objects.select_related("file").filter(post__in=posts), file=file_pk)


def file(request, pk: int, file_pk: int):
    return respond(request, visible_file(request, pk, file_pk).file, as_attachment="show" not in request.GET)


def preview(request, pk: int, file_pk: int):
    found = visible_file(request, pk, file_pk).file
    if not found.preview:
        raise Http404
    return respond_preview(request, found)
