"""What people do in programmes. Every write goes through here: permission, transaction, act, entry, notice."""

from .applications import (
    NotOpen,
    Unfinished,
    attach_file,
    drop_file,
    missing_from,
    reopen_application,
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from .catalogue import Flawed, found_programme, freeze_version, put_requirements, put_rubric, start_version
from .cohorts import found_cohort, hold, move_cohort
from .decisions import Decided, HasSeat, decide, put_words, take_decision_back
from .endorsements import (
    Expired,
    OwnAddress,
    TooManyLetters,
    answer_endorsement,
    ask_for_endorsement,
    expire_endorsements,
    withdraw_endorsement,
)
from .reviews import assign_reviewers, declare_conflict, hand_in_review, save_review, take_reviews_away
from .scores import Outdated, WrongColumns, drop_scores, put_score, read_scores, write_scores
from .seats import join_waiting
from .stages import InUse, NotYet, lead_on, put_part, ready_for, remove_part
from .team import ConflictOfInterest, end_cohort_role, give_cohort_role

__all__ = [
    "ConflictOfInterest",
    "Decided",
    "Expired",
    "Flawed",
    "HasSeat",
    "InUse",
    "NotOpen",
    "NotYet",
    "Outdated",
    "OwnAddress",
    "TooManyLetters",
    "Unfinished",
    "WrongColumns",
    "answer_endorsement",
    "ask_for_endorsement",
    "assign_reviewers",
    "attach_file",
    "decide",
    "declare_conflict",
    "drop_file",
    "drop_scores",
    "end_cohort_role",
    "expire_endorsements",
    "found_cohort",
    "found_programme",
    "freeze_version",
    "give_cohort_role",
    "hand_in_review",
    "hold",
    "join_waiting",
    "lead_on",
    "missing_from",
    "move_cohort",
    "put_part",
    "put_requirements",
    "put_rubric",
    "put_score",
    "put_words",
    "read_scores",
    "ready_for",
    "remove_part",
    "reopen_application",
    "save_answers",
    "save_review",
    "start_application",
    "start_version",
    "submit_application",
    "take_decision_back",
    "take_reviews_away",
    "withdraw_application",
    "withdraw_endorsement",
    "write_scores",
]
