"""What people do in programmes. Every write goes through here: permission, transaction, act, entry, notice."""

from .applications import NotOpen, start_application, submit_application
from .assignments import (
    IsBeingRead,
    NothingToHandIn,
    TooManyFiles,
    WorkWasHandedIn,
    attach_work,
    drop_work_file,
    extend,
    hand_in,
    move_assignment,
    put_assignment,
    put_external_result,
    release,
    save_assessment,
    save_submission,
    take_back_submission,
)
from .catalogue import Flawed, found_programme, freeze_version, put_requirements, put_rubric, start_version
from .cohorts import change_cohort, found_cohort, hold, move_cohort
from .group import sync_group
from .seats import join_waiting
from .team import ConflictOfInterest, LastManager, end_cohort_role, give_cohort_role

__all__ = [
    "ConflictOfInterest",
    "Flawed",
    "IsBeingRead",
    "LastManager",
    "NotOpen",
    "NothingToHandIn",
    "TooManyFiles",
    "WorkWasHandedIn",
    "attach_work",
    "change_cohort",
    "drop_work_file",
    "end_cohort_role",
    "extend",
    "found_cohort",
    "found_programme",
    "freeze_version",
    "give_cohort_role",
    "hand_in",
    "hold",
    "join_waiting",
    "move_assignment",
    "move_cohort",
    "put_assignment",
    "put_external_result",
    "put_requirements",
    "put_rubric",
    "release",
    "save_assessment",
    "save_submission",
    "start_application",
    "start_version",
    "submit_application",
    "sync_group",
    "take_back_submission",
]
