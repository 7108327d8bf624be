from django_tasks import task

from search.entries import put_entries

from .models import Group, Post
from .search import topic_entry


@task()
def tell_of_post(post_id: int) -> None:
    """Whoever follows the topic or the group, and whoever is named."""
    Post.objects.filter(pk=post_id).first()


@task()
def refresh_topics_of_group(group_id: int) -> None:
    """Who reads in the group has changed, or whether it is out of sight."""
    for group in Group.objects.filter(pk=group_id):
        put_entries(topic_entry(topic) for topic in group.topics.shown().select_related("group").iterator())
