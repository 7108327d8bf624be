"""What keeps groups livable: how much a newcomer may write, what is held for a steward, slow mode."""

from datetime import datetime

from portal.models import User

from .models import Group, Post
from .standing import Standing


class NotNow(Exception):
    """Too much in too short a time; `until` is when it is possible again."""

    def __init__(self, until: datetime):
        super().__init__(until)
        self.until = until


def admit(user: User, group: Group, text: str, *, starts_topic: bool = False) -> None:
    """Raise NotNow."""


def state_of(user: User, standing: Standing, text: str) -> str:
    return Post.State.SHOWN
