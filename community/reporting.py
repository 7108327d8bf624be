"""What readers report in groups, as those who answer complaints know it.

Of what stands in a group that is not open they see a number and the words of whoever reported it: neither its title nor the name of a
hidden group goes into the case. Reading it takes a visit, of which whoever looks after the group is told.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import seams
from portal.models import Case, User
from portal.refs import Ref
from portal.reporting import Reportable, Thing

from .actions import care
from .models import Group, Post, Topic


def register() -> None:
    seams.reportables |= {
        "groups": Reportable(find_group, "/groups/", take_down=care.take_down_group, put_back=care.put_back_group),
        "topics": Reportable(find_topic, "/topics/", take_down=care.take_down_topic, put_back=care.put_back_topic),
        "posts": Reportable(find_post, "", take_down=care.take_down_post, put_back=care.put_back_post),
    }
    seams.act_readers |= {"groups": ids_of(Group.objects.readable_by), "topics": ids_of(Topic.objects.visible_to)}
    seams.act_readers["posts"] = ids_of(Post.objects.visible_to)


def ids_of(readable: Callable) -> Callable[[User, Iterable[int]], set[int]]:
    return lambda user, ids: set(readable(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


def find_post(user, pk: int) -> Thing | None:
    post = Post.objects.exclude(number=None).select_related("topic__group", "author").filter(pk=pk).first()
    if not post or post.state == Post.State.DELETED:
        return None
    if Post.objects.visible_to(user).filter(pk=pk).exists():
        title = _("%(topic)s, post %(number)s") % {"topic": post.topic.title, "number": post.number}
        return Thing(post.ref, title, post.address, post.language, post.author, closed_title(post.topic.group, post.language))
    return seen_as_case(user, post.ref, post.topic.group, post.author)


def find_topic(user, pk: int) -> Thing | None:
    topic = Topic.objects.select_related("group", "author").filter(pk=pk).exclude(state=Topic.State.DELETED).first()
    if not topic:
        return None
    if Topic.objects.visible_to(user).filter(pk=pk).exists():
        return Thing(topic.ref, topic.title, topic.address, topic.language, topic.author, closed_title(topic.group, topic.language))
    return seen_as_case(user, topic.ref, topic.group, topic.author)


def find_group(user, pk: int) -> Thing | None:
    group = Group.objects.filter(pk=pk).first()
    if not group:
        return None
    if Group.objects.visible_to(user).filter(pk=pk).exists():
        closed = closed_title(group, group.shown_language) if group.is_hidden else ""
        return Thing(group.ref, group.name, f"/groups/{pk}/about/", group.shown_language, owner_of(group), closed)
    return seen_as_case(user, group.ref, group, owner_of(group))


def owner_of(group: Group) -> User | None:
    owners = group.memberships.filter(role="owner").order_by("joined_at", "pk").select_related("user")
    return next((membership.user for membership in owners), None)


def closed_title(group: Group, language: str) -> str:
    """What the case of something in a group that is not open is called."""
    if group.is_open:
        return ""
    with override(language):
        return _("In a group that is not open")


def seen_as_case(user, ref: Ref, group: Group, owner: User | None) -> Thing | None:
    """Who decides about it and does not read it is led to the door: to come in she gives a reason."""
    case = Case.objects.visible_to(user).about(ref).last() if user.is_authenticated else None
    return case and Thing(ref, case.title, f"/groups/{group.pk}/visit/", case.language, owner)
