"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .topics import post_topic, reply

__all__ = ["post_topic", "reply"]
