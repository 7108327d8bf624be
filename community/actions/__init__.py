"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .editing import ChangedMeanwhile, change_topic, edit_post, solve, unsolve
from .exports import ask_for_export, drop_exports
from .groups import archive_group, change_group, change_picture, found_group, may_found, reopen_group
from .join_requests import ask_to_join, decide_request, take_back_request
from .membership import LastOwner, join_group, leave_group
from .topics import post_topic, reply

__all__ = [
    "ChangedMeanwhile",
    "LastOwner",
    "archive_group",
    "ask_for_export",
    "ask_to_join",
    "change_group",
    "change_picture",
    "change_topic",
    "decide_request",
    "drop_exports",
    "edit_post",
    "found_group",
    "join_group",
    "leave_group",
    "may_found",
    "post_topic",
    "reopen_group",
    "reply",
    "solve",
    "take_back_request",
    "unsolve",
]
