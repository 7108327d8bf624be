from django_tasks import task

from .models import Post


@task()
def tell_of_post(post_id: int) -> None:
    """Whoever follows the topic or the group, and whoever is named."""
    Post.objects.filter(pk=post_id).first()


@task()
def tell_of_names(post_id: int, *people: int) -> None:
    """Whom another wording names for the first time."""


@task()
def tell_of_solved(post_id: int) -> None:
    """Whose answer it was."""
