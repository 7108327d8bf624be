"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .editing import ChangedMeanwhile, change_topic, edit_post, solve, unsolve
from .topics import post_topic, reply

__all__ = ["ChangedMeanwhile", "change_topic", "edit_post", "post_topic", "reply", "solve", "unsolve"]
