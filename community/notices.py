"""What people are told of groups and of what is said in them."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import quoted, sentence

from .models import Group, Post, Topic

GROUPS = gettext_lazy("Groups")

# Groups: who comes in, who looks after them


def requested(notice: Notice) -> str:
    if notice.number == 1 and notice.actor:
        return sentence(_("%(name)s asks to join “%(group)s”."), name=notice.actor.get_full_name(), group=group_name(notice))
    return sentence(_("New requests to join “%(group)s”."), group=group_name(notice))


def held(notice: Notice) -> str:
    return sentence(_("A post in “%(group)s” waits for your look."), group=group_name(notice))


def decided(notice: Notice) -> str:
    word = quoted(notice.data["word"]) if notice.data["word"] else ""
    if notice.data["approved"]:
        said = _("You are a member of “%(group)s” now: %(word)s") if word else _("You are a member of “%(group)s” now.")
    else:
        said = _("Your request to join “%(group)s” is declined: %(word)s") if word else _("Your request to join “%(group)s” is declined.")
    return sentence(said, group=group_name(notice), word=word)


def role_changed(notice: Notice) -> str:
    said = {
        "owner": _("You are an owner of “%(group)s” now."),
        "steward": _("You are a steward of “%(group)s” now."),
        "member": _("You are a member of “%(group)s” without another role now."),
        "removed": _("You were removed from “%(group)s”: %(reason)s"),
    }[notice.data["role"]]
    return sentence(said, group=group_name(notice), reason=quoted(notice.data.get("reason", "")))


def visited(notice: Notice) -> str:
    said = _("Someone responsible for the portal looked into “%(group)s”: %(reason)s")
    return sentence(said, group=group_name(notice), reason=quoted(notice.data["reason"]))


def named(group: Group) -> dict:
    """How a notice calls a group, and whether it may do so in sight of others."""
    return {"names": group.names, "hidden": group.is_hidden}


def discreet(notice: Notice) -> str:
    """A letter's subject is read over a shoulder and on a locked telephone: it says nothing of a hidden group."""
    return _("News in one of your groups") if notice.data["hidden"] else ""


def group_name(notice: Notice) -> str:
    names = notice.data["names"]
    language = get_language() if get_language() in names else next(iter(names))
    return quoted(names[language], language)


def group(notice: Notice) -> str:
    return f"/groups/{notice.object_id}/"


def about(notice: Notice) -> str:
    return f"/groups/{notice.object_id}/about/"


def requests(notice: Notice) -> str:
    return f"/groups/{notice.object_id}/requests/"


def held_posts(notice: Notice) -> str:
    return f"/groups/{notice.object_id}/held/"


def packed(notice: Notice) -> str:
    return sentence(_("“%(group)s” is packed: the archive can be downloaded for seven days."), group=group_name(notice))


def export(notice: Notice) -> str:
    return f"/groups/{notice.object_id}/export/"


def owned_groups(user, ids: list[int]) -> set[int]:
    return set(Group.objects.editable_by(user).filter(pk__in=ids).values_list("pk", flat=True))


def stewarded_groups(user, ids: list[int]) -> set[int]:
    return set(Group.objects.stewarded_by(user).filter(pk__in=ids).values_list("pk", flat=True))


def kind(key: str, label, text, address, rhythm: Rhythm, visible=None) -> Kind:
    return Kind(key, label, text, address, rhythm, visible=visible, group=GROUPS, subject=discreet)


OF_GROUPS = [
    kind("group-export-ready", gettext_lazy("Archives of my groups"), packed, export, Rhythm.AT_ONCE, owned_groups),
    kind("group-request", gettext_lazy("Requests to join my groups"), requested, requests, Rhythm.DAILY, stewarded_groups),
    kind("group-held", gettext_lazy("Posts that wait for a steward"), held, held_posts, Rhythm.DAILY, stewarded_groups),
    kind("group-request-decided", gettext_lazy("Answers to my requests to join"), decided, group, Rhythm.AT_ONCE),
    kind("group-role", gettext_lazy("My role in a group"), role_changed, group, Rhythm.AT_ONCE),
    kind("group-visited", gettext_lazy("Visits to my groups"), visited, about, Rhythm.AT_ONCE),
]

# What stewards do with somebody's words


def of_steward(words):
    """Title and reason, in the sentence of the kind."""

    def text(notice: Notice) -> str:
        title = quoted(notice.data["title"], notice.data["language"])
        return sentence(str(words), title=title, reason=quoted(notice.data["reason"]))

    return text


def own_thing(notice: Notice) -> str:
    return notice.data["address"]


def own_posts(user, ids: list[int]) -> set[int]:
    return set(Post.objects.filter(pk__in=ids, author=user, topic__group__in=Group.objects.readable_by(user)).values_list("pk", flat=True))


def own_topics(user, ids: list[int]) -> set[int]:
    return set(Topic.objects.filter(pk__in=ids, author=user, group__in=Group.objects.readable_by(user)).values_list("pk", flat=True))


POST_HIDDEN = gettext_lazy("A steward has taken a post of yours in “%(title)s” out of sight: %(reason)s")
POST_DELETED = gettext_lazy("A steward has deleted a post of yours in “%(title)s”: %(reason)s")
POST_REFUSED = gettext_lazy("A steward has not let your post in “%(title)s” through: %(reason)s")
TOPIC_HIDDEN = gettext_lazy("A steward has taken your topic “%(title)s” out of sight: %(reason)s")
OF_STEWARDS = [
    kind(key, label, of_steward(words), own_thing, Rhythm.AT_ONCE, visible)
    for key, label, words, visible in (
        ("post-hidden", gettext_lazy("A post of mine is hidden"), POST_HIDDEN, own_posts),
        ("post-deleted", gettext_lazy("A post of mine is deleted by a steward"), POST_DELETED, own_posts),
        ("post-refused", gettext_lazy("A post of mine is not let through"), POST_REFUSED, own_posts),
        ("topic-hidden", gettext_lazy("A topic of mine is hidden"), TOPIC_HIDDEN, own_topics),
    )
]
