"""What groups show on a person's start page, and beside things of other apps."""

from django.utils.translation import get_language

from .lists import count_unread, unread_topics
from .models import Topic

UNREAD_SHOWN = 5


def discuss(request, thing) -> dict:
    """On the page of anything that has a reference: where it is talked about. Costs the page no query."""
    return {
        "template": "community/discuss.html",
        "context": {"address": f"/{get_language()}/topics/about/{thing.ref.source}/{thing.pk}/"},
    }


def news(request) -> dict | None:
    """What is new in her groups, and one question of her subjects that nobody has answered yet."""
    unread = news_of(request.user)
    question = question_for(request.user)
    if not unread and not question:
        return None
    count = count_unread(request.user, unread, is_all=len(unread) <= UNREAD_SHOWN)
    return {"template": "community/news_panel.html", "context": {"unread": unread[:UNREAD_SHOWN], "count": count, "question": question}}


def news_of(user) -> list[Topic]:
    """One more than are shown. Whether there is any is asked first: on most days there is none, and the lines cost more."""
    return list(unread_topics(user, UNREAD_SHOWN + 1)) if Topic.objects.unread_by(user).exists() else []


def question_for(user) -> Topic | None:
    """The newest that everybody may answer; those of her own closed groups stand among the news."""
    waiting = Topic.objects.open_to_all().unanswered().filter(group__archived_at=None, locked_at=None).exclude(author=user)
    asked = waiting.filter(group__subject__in=user.subjects.all()).without_reading().select_related("group", "author")
    return asked.order_by("-created_at", "-pk").first()
