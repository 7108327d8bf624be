"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .editing import ChangedMeanwhile, change_topic, edit_post, solve, unsolve
from .groups import archive_group, change_group, change_picture, found_group, may_found, reopen_group
from .join_requests import ask_to_join, decide_request, take_back_request
from .membership import LastOwner, join_group, leave_group
from .stewarding import (
    delete_post,
    delete_topic,
    hide_post,
    hide_topic,
    let_through,
    lock,
    move_topic,
    pin,
    refuse,
    show_post,
    show_topic,
    split_topic,
)
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
    "delete_post",
    "delete_topic",
    "edit_post",
    "found_group",
    "hide_post",
    "hide_topic",
    "join_group",
    "leave_group",
    "let_through",
    "lock",
    "may_found",
    "move_topic",
    "pin",
    "post_topic",
    "refuse",
    "reopen_group",
    "reply",
    "show_post",
    "show_topic",
    "solve",
    "split_topic",
    "take_back_request",
    "unsolve",
]
