"""What people do in programmes. Every write goes through here: permission, transaction, act, entry, notice."""

from .applications import NotOpen, start_application, submit_application
from .catalogue import Flawed, found_programme, freeze_version, put_requirements, put_rubric, start_version
from .cohorts import found_cohort, move_cohort
from .holding import hold
from .seats import (
    AlreadyIn,
    SeatsTaken,
    accept_offer,
    change_capacity,
    decline_offer,
    join_waiting,
    join_waiting_all,
    manage_seat,
    pass_seats_on,
    transfer,
    withdraw,
)
from .team import ConflictOfInterest, end_cohort_role, give_cohort_role

__all__ = [
    "AlreadyIn",
    "ConflictOfInterest",
    "Flawed",
    "NotOpen",
    "SeatsTaken",
    "accept_offer",
    "change_capacity",
    "decline_offer",
    "end_cohort_role",
    "found_cohort",
    "found_programme",
    "freeze_version",
    "give_cohort_role",
    "hold",
    "join_waiting",
    "join_waiting_all",
    "manage_seat",
    "move_cohort",
    "pass_seats_on",
    "put_requirements",
    "put_rubric",
    "start_application",
    "start_version",
    "submit_application",
    "transfer",
    "withdraw",
]
