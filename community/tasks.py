from django_tasks import task

from portal.models import Act

from . import telling
from .actions.reading import pass_over
from .models import Post, Topic


def shown_post(pk: int) -> Post | None:
    """What was taken away meanwhile is told to nobody."""
    posts = Post.objects.shown().filter(topic__state=Topic.State.SHOWN).select_related("topic__group", "topic__author", "author")
    return posts.filter(pk=pk).first()


@task()
def tell_of_post(post_id: int) -> None:
    """Whoever follows the topic or the group, and whoever is named."""
    if post := shown_post(post_id):
        telling.tell_of_post(post)


@task()
def tell_of_names(post_id: int, *people: int) -> None:
    """Whom another wording names for the first time."""
    if post := shown_post(post_id):
        telling.tell_of_names(post, people)


@task()
def take_back_post(post_id: int) -> None:
    """Hidden or deleted, and not shown again since."""
    if post := Post.objects.exclude(state=Post.State.SHOWN).exclude(number=None).filter(pk=post_id).first():
        telling.take_back_post(post)
        pass_over(post.topic)


@task()
def tell_of_solved(post_id: int) -> None:
    post = shown_post(post_id)
    if post and post.topic.solved_by_id == post.pk:
        acts = Act.objects.filter(source="topics", object_id=post.topic_id, verb="solve")
        marked = acts.select_related("actor").order_by("at", "pk").last()
        telling.tell_of_solution(post, marked and marked.actor)
