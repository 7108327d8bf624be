"""The sizes of an editor's picture are made when it is saved, never while somebody reads."""

from django.db.models.signals import post_save
from django_tasks import task

from .models import Picture
from .models.media import LARGE, SHARED, SMALL
from .tasks import enqueue


def register() -> None:
    """Wagtail saves pictures by its own code, so its saving is followed here."""
    post_save.connect(follow_picture, sender=Picture, dispatch_uid="sizes")


def follow_picture(sender, instance, **kwargs) -> None:
    enqueue(make_sizes, instance.pk)


@task()
def make_sizes(pk: int) -> None:
    for picture in Picture.objects.filter(pk=pk):
        picture.get_renditions(SMALL, LARGE, SHARED)
