"""What groups show on a person's start page, and beside things of other apps."""

from django.utils.translation import get_language

from .lists import counted, unread_topics, waiting_questions

UNREAD_SHOWN = 5


def discuss(request, thing) -> dict:
    """On the page of anything that has a reference: where it is talked about. Costs the page no query."""
    return {
        "template": "community/discuss.html",
        "context": {"address": f"/{get_language()}/topics/about/{thing.ref.source}/{thing.pk}/"},
    }


def news(request) -> dict | None:
    """What is new in her groups, and one question of her subjects that nobody has answered yet."""
    unread = list(unread_topics(request.user)[:UNREAD_SHOWN])
    waiting = waiting_questions(request.user).exclude(author=request.user)
    question = waiting.filter(group__subject__in=request.user.subjects.all()).order_by("-created_at", "-pk").first()
    if not unread and not question:
        return None
    return {"template": "community/news_panel.html", "context": {"unread": unread, "count": counted(unread), "question": question}}
