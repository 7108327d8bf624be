"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .reading import follow_group, follow_topic, forget_post, keep_post, read_everything, read_group, read_topic
from .topics import post_topic, reply

__all__ = [
    "follow_group",
    "follow_topic",
    "forget_post",
    "keep_post",
    "post_topic",
    "read_everything",
    "read_group",
    "read_topic",
    "reply",
]
