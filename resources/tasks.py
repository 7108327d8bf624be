from django_tasks import task

from . import actions
from .models import Material


@task()
def refresh_entries_of_author(user_id: int) -> None:
    """Her name stands in the rows of her materials."""
    for material in Material.objects.shown().filter(author=user_id).iterator():
        actions.refresh_entry(material)
