"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .editing import ChangedMeanwhile, change_topic, edit_post, solve, unsolve
from .groups import archive_group, change_group, change_picture, found_group, may_found, reopen_group
from .join_requests import ask_to_join, decide_request, take_back_request
from .membership import LastOwner, join_group, leave_group
from .reading import follow_group, follow_topic, forget_post, keep_post, read_everything, read_group, read_topic
from .topics import post_topic, reply

__all__ = [
    "ChangedMeanwhile",
    "LastOwner",
    "archive_group",
    "ask_to_join",
    "change_group",
    "change_picture",
    "change_topic",
    "decide_request",
    "edit_post",
    "follow_group",
    "follow_topic",
    "forget_post",
    "found_group",
    "join_group",
    "keep_post",
    "leave_group",
    "may_found",
    "post_topic",
    "read_everything",
    "read_group",
    "read_topic",
    "reopen_group",
    "reply",
    "solve",
    "take_back_request",
    "unsolve",
]
