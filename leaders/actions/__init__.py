"""What people do in programmes. Every write goes through here: permission, transaction, act, entry, notice."""

from .applications import NotOpen, start_application, submit_application
from .catalogue import Flawed, found_programme, freeze_version, put_requirements, put_rubric, start_version
from .cohorts import found_cohort, hold, move_cohort
from .seats import join_waiting
from .team import ConflictOfInterest, end_cohort_role, give_cohort_role

__all__ = [
    "ConflictOfInterest",
    "Flawed",
    "NotOpen",
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
]
