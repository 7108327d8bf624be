"""What groups show on a person's start page, and beside things of other apps."""

from django.utils.translation import get_language

from portal.notices.reading import SHOWN_AT_MOST, counter

from .lists import news_of, unread_topics
from .models import Group, Topic

UNREAD_SHOWN = 5


def discuss(request, thing) -> dict:
    """On the page of anything that has a reference: where it is talked about. Costs the page no query."""
    return {
        "template": "community/discuss.html",
        "context": {"address": f"/{get_language()}/topics/about/{thing.ref.source}/{thing.pk}/"},
    }


def group_of_school(request, school) -> dict | None:
    """On the page of a school: the group of those who work there, for whoever may know of it."""
    group = Group.objects.visible_to(request.user).alive().filter(school=school, origin=Group.Origin.SCHOOL).first()
    if not group:
        return None
    return {"template": "community/school_group.html", "context": {"group": group, "address": f"/{get_language()}{group.address}"}}


def news(request) -> dict | None:
    """What is new in her groups, and one question of her subjects that nobody has answered yet."""
    news = list(news_of(request.user, SHOWN_AT_MOST + 1))
    question = question_for(request.user)
    if not news and not question:
        return None
    unread = list(unread_topics(request.user, news[:UNREAD_SHOWN]).select_related("group"))
    return {"template": "community/news_panel.html", "context": {"unread": unread, "count": counter(len(news)), "question": question}}


def question_for(user) -> Topic | None:
    """The newest that everybody may answer; those of her own closed groups stand among the news."""
    waiting = Topic.objects.open_to_all().unanswered().filter(group__archived_at=None, locked_at=None).exclude(author=user)
    asked = waiting.filter(group__subject__in=user.subjects.all()).without_reading().with_writer().select_related("group")
    return asked.order_by("-created_at", "-pk").first()
