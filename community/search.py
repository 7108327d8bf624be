"""How groups and what is said in them are found: a topic is an entry, each of its posts a passage."""

from portal.text import plain
from search import audiences
from search.entries import BATCH, Findable, Part, put_entry, put_part, remove_part

from .models import Membership, Post, Topic

SUMMARY_LETTERS = 300


def register() -> None:
    audiences.register(group_tokens)


def group_tokens(user) -> list[str]:
    """One for each of her groups: joining one writes nothing anew."""
    if not user.is_authenticated:
        return []
    return [f"group:{pk}" for pk in Membership.objects.filter(user=user).order_by().values_list("group", flat=True)]


def index_post(post: Post) -> None:
    """The first post brings the entry of its topic; every other one writes no more than its own passage."""
    if post.number == 1:
        put_entry(topic_entry(post.topic))
    elif post.state == Post.State.SHOWN:
        put_part("topics", post.topic_id, Part(text=plain(post.text), number=post.number, language=post.language))
    else:
        remove_part("topics", post.topic_id, post.number)


def topic_entry(topic: Topic) -> Findable:
    group = topic.group
    posts = topic.posts.shown().order_by("number")
    first = posts.first()
    return Findable(
        source="topics",
        object_id=topic.pk,
        language=topic.language,
        title=topic.title,
        summary=plain(first.text)[:SUMMARY_LETTERS] if first else "",
        parts=[Part(text=plain(post.text), number=post.number, language=post.language) for post in posts.iterator(BATCH)],
        audience=["public"] if group.is_open else [group.token],
        container=group.token,
        published_at=topic.created_at,
        data={"url": topic.address},
    )
