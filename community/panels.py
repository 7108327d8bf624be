"""What groups show on a person's start page, and beside things of other apps."""

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from portal.notices.reading import counter
from portal.start import Counts, Line, Tally, holds

from .lists import as_news
from .models import Group, JoinRequest, Membership, Post, Topic

UNREAD_SHOWN = 5
# Before the number of each topic that is shown
NEWS = "news:"


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


def counts(user) -> list:
    """How many topics have news, and which of them and what question are shown; what waits for a steward: who asks to be let in, what was
    set aside."""
    unread = Topic.objects.unread_by(user)
    newest = unread.order_by("-bumped_at", "-pk")[:UNREAD_SHOWN]
    found = [
        Tally("unread", unread),
        Tally(Concat(Value(NEWS), F("pk"), output_field=CharField()), newest),
        Tally("question", question_for(user)[:1]),
    ]
    by_office = user.is_administrator or user.coordinated_schools
    if not by_office and not holds(user, "steward", Membership.objects.stewards().filter(user=user)):
        return found
    stewarded = Group.objects.stewarded_by(user).order_by().values("pk")
    return [
        *found,
        Tally("requests", JoinRequest.objects.filter(state="waiting", group__in=stewarded), "group"),
        Tally("held", Post.objects.filter(state=Post.State.HELD, topic__group__in=stewarded), "topic__group"),
    ]


def lines(request, counts: Counts) -> list[Line]:
    """Led to the first of the groups in which something waits."""
    asked, held = counts["requests"], counts["held"]
    let_in = ngettext("%(count)s colleague asks to be let into a group", "%(count)s colleagues ask to be let into groups", asked.number)
    judge = ngettext("%(count)s post waits for your look", "%(count)s posts wait for your look", held.number)
    drawn = ((asked, let_in, "users", "group_requests"), (held, judge, "message-circle", "held"))
    return [
        Line(label % {"count": found.number}, reverse(page, args=[found.first]), icon, asked=True)
        for found, label, icon, page in drawn
        if found.number
    ]


def news(request, counts: Counts) -> dict | None:
    """What is new in her groups, and one question of her subjects that nobody has answered yet."""
    question = counts["question"].first
    chosen = [*(found.first for key, found in counts.items() if key.startswith(NEWS)), *([question] if question else [])]
    if not chosen:
        return None
    topics = as_news(request.user, Topic.objects.filter(pk__in=chosen)).select_related("group")
    shown = {topic.pk: topic for topic in topics.order_by("-bumped_at", "-pk")}
    asked = shown.pop(question, None)
    context = {"unread": list(shown.values()), "count": counter(counts["unread"].number), "question": asked}
    return {"template": "community/news_panel.html", "context": context}


def question_for(user):
    """Of those that everybody may answer; those of her own groups stand among the news."""
    waiting = Topic.objects.open_to_all().unanswered().filter(group__archived_at=None, locked_at=None).exclude(author=user)
    hers = Membership.objects.filter(user=user).order_by().values("group")
    return waiting.filter(group__subject__in=user.subjects.all()).exclude(group__in=hers).order_by("-created_at", "-pk")
