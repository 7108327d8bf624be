from django_tasks import task

from .models import Post


@task()
def tell_of_post(post_id: int) -> None:
    """Whoever follows the topic or the group, and whoever is named."""
    Post.objects.filter(pk=post_id).first()
