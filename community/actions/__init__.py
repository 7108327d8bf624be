"""What people do in groups. Every write goes through here: permission, transaction, act, entry, notice."""

from .automatic import follow_positions, put_school_groups, put_subject_groups
from .cohort_groups import close_cohort_group, follow_cohort, found_cohort_group, rename_cohort_group
from .editing import ChangedMeanwhile, change_topic, edit_post, solve, unsolve
from .exports import ask_for_export, drop_exports
from .group_invitations import accept_group_invitation, invite_to_group, withdraw_group_invitation
from .groups import archive_group, change_group, change_picture, found_group, may_found, reopen_group
from .join_requests import ask_to_join, decide_request, take_back_request
from .membership import LastOwner, join_group, leave_group, permit_choosing_members, refresh_groups
from .reading import follow_group, follow_topic, forget_post, keep_post, read_everything, read_group, read_topic
from .roles import lift_exclusion, remove_member, set_role
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
from .visits import visit_group

__all__ = [
    "ChangedMeanwhile",
    "LastOwner",
    "accept_group_invitation",
    "archive_group",
    "ask_for_export",
    "ask_to_join",
    "change_group",
    "change_picture",
    "change_topic",
    "close_cohort_group",
    "decide_request",
    "delete_post",
    "delete_topic",
    "drop_exports",
    "edit_post",
    "follow_cohort",
    "follow_group",
    "follow_positions",
    "follow_topic",
    "forget_post",
    "found_cohort_group",
    "found_group",
    "hide_post",
    "hide_topic",
    "invite_to_group",
    "join_group",
    "keep_post",
    "leave_group",
    "let_through",
    "lift_exclusion",
    "lock",
    "may_found",
    "move_topic",
    "permit_choosing_members",
    "pin",
    "post_topic",
    "put_school_groups",
    "put_subject_groups",
    "read_everything",
    "read_group",
    "read_topic",
    "refresh_groups",
    "refuse",
    "remove_member",
    "rename_cohort_group",
    "reopen_group",
    "reply",
    "set_role",
    "show_post",
    "show_topic",
    "solve",
    "split_topic",
    "take_back_request",
    "unsolve",
    "visit_group",
    "withdraw_group_invitation",
]
