"""What community keeps of a person: what she said, where she belongs, what she keeps for herself."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.actions import forget_titles, record
from portal.files import remove_file
from portal.models import File, User
from portal.my_data import PersonData

from . import actions, search
from .actions.membership import hold_members, take_out
from .checking import mend
from .models import Bookmark, Draft, Membership, Mention, Post, PostFile, PostVersion, Topic
from .writing import render


def kept(user: User) -> dict[str, Any]:
    return {
        "groups": rows(user.memberships, "group__name_kk", "group__name_ru", "group__name_en", "role", "level", "joined_at"),
        "topics": rows(Topic.objects.filter(author=user), "pk", "title", "kind", "language", "state", "created_at"),
        "posts": posts_of(user),
        "drafts": rows(user.drafts, "title", "text", "changed_at"),
        "bookmarks": rows(Bookmark.objects.filter(user=user), "post", "post__topic", "at"),
        "requests": rows(user.group_requests, "group", "answer", "state", "asked_at"),
    }


def posts_of(user: User) -> list[dict]:
    """Where she may no longer read, the topic stands without its title."""
    said = rows(Post.objects.filter(author=user), "pk", "topic", "number", "text", "language", "state", "created_at", "edited_at")
    titles = dict(Topic.objects.visible_to(user).filter(pk__in={post["topic"] for post in said}).values_list("pk", "title"))
    return [post | {"title": titles.get(post["topic"], "")} for post in said]


def rows(found, *columns: str) -> list[dict]:
    return list(found.order_by("pk").values(*columns))


def files(user: User) -> Iterator[tuple[str, File]]:
    for row in PostFile.objects.filter(post__author=user).select_related("file").order_by("pk").iterator():
        yield f"files/{row.post_id}", row.file


def forget(user: User, keep: bool) -> None:
    """What others have answered to may stay, by nobody. Rows that speak of her alone go with her own row."""
    for membership in user.memberships.select_related("group"):
        leave(membership)
    actions.drop_exports(user.group_exports.all())
    for draft in Draft.objects.filter(user=user):
        erase_files(draft)
    forget_name(user)
    topics = set(Topic.objects.filter(posts__author=user).values_list("pk", flat=True))
    if not keep:
        erase_posts(user)
    Topic.objects.filter(author=user).update(author=None)
    Post.objects.filter(author=user).update(author=None)
    mend("topic", topics)
    mend("group", set(Topic.objects.filter(pk__in=topics).values_list("group", flat=True)))
    for topic in Topic.objects.filter(pk__in=topics):
        search.unindex_topic(topic)


def leave(membership: Membership) -> None:
    """A group is never left to nobody: whoever has looked after it longest, or belongs to it longest, owns it now."""
    group = hold_members(membership.group)
    others = group.memberships.exclude(pk=membership.pk)
    alone = membership.role == Membership.Role.OWNER and not others.filter(role=Membership.Role.OWNER).exists()
    if alone and not group.is_of_cohort:
        heirs = [others.filter(role=role).order_by("joined_at", "pk").first() for role in (Membership.Role.STEWARD, Membership.Role.MEMBER)]
        for heir in [heir for heir in heirs if heir][:1]:
            before, heir.role = heir.role, Membership.Role.OWNER
            heir.save(update_fields=["role"])
            change = {"person": heir.user_id, "role": heir.role}
            record(None, "change role", group.ref, before={"person": heir.user_id, "role": before}, after=change)
    take_out(membership)


def erase_posts(user: User) -> None:
    """The numbers stay as gaps. A topic that nobody else has written in goes with its title."""
    posts = Post.objects.filter(author=user)
    for post in posts.filter(files__isnull=False).distinct():
        erase_files(post)
    PostVersion.objects.filter(post__author=user).delete()
    begun = Topic.objects.filter(author=user)
    alone = [topic.pk for topic in begun if not topic.posts.exclude(author=user).exists()]
    posts.update(text="", html="", reason="", state=Post.State.DELETED)
    begun.filter(pk__in=alone).update(title="", state=Topic.State.DELETED)
    forget_titles("topics", alone)


def erase_files(owner) -> None:
    for row in owner.files.select_related("file"):
        file = row.file
        row.delete()
        remove_file(file)


def forget_name(user: User) -> None:
    """Where colleagues named her in what they wrote stands that it was a colleague."""
    link = re.compile(rf"\[@?[^\]]*\]\((?:/\w\w)?/people/{user.pk}/\)")
    for post in Post.objects.filter(pk__in=Mention.objects.filter(user=user).values("post")).select_related("topic"):
        with override(post.language):
            neutral = _("Former colleague")
        for version in post.versions.all():
            PostVersion.objects.filter(pk=version.pk).update(text=link.sub(neutral, version.text))
        post.text = link.sub(neutral, post.text)
        post.html = render(post.text).html
        post.save(update_fields=["text", "html"])
        if post.number:
            search.index_post(post)


PERSON_DATA = PersonData("community", export=kept, files=files, forget=forget)
