"""Not wanting to hear of somebody."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..models import Block, User


@transaction.atomic
def block(user: User, person: User) -> None:
    if user == person:
        raise PermissionDenied
    Block.objects.get_or_create(user=user, blocked=person)


@transaction.atomic
def unblock(user: User, person: User) -> None:
    Block.objects.filter(user=user, blocked=person).delete()
