"""What people do in programmes. Every write goes through here: permission, transaction, act, entry, notice."""

from .applications import NotOpen, start_application, submit_application
from .catalogue import Flawed, found_programme, freeze_version, put_requirements, put_rubric, start_version
from .cohorts import change_cohort, found_cohort, hold, move_cohort
from .group import sync_group
from .seats import join_waiting
from .team import ConflictOfInterest, LastManager, end_cohort_role, give_cohort_role

__all__ = [
    "ConflictOfInterest",
    "Flawed",
    "LastManager",
    "NotOpen",
    "change_cohort",
    "end_cohort_role",
    "found_cohort",
    "found_programme",
    "freeze_version",
    "give_cohort_role",
    "hold",
    "join_waiting",
    "move_cohort",
    "put_requirements",
    "put_rubric",
    "start_application",
    "start_version",
    "submit_application",
    "sync_group",
]
