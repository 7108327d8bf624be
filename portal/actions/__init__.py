"""What people do on the ground of the portal. Permission, transaction, act, entry: all here."""

from .access import change_access, end_role, end_sessions, forget_ended_sessions, give_role, reset_second_factor
from .acts import record
from .complaints import appeal, complain, decide_case, put_back, take_down
from .notices import choose_mail_hours, choose_rhythms, read_all_notices, read_notice, try_mail_again, unsubscribe
from .people import agree_to_terms, change_profile, join
from .positions import confirm_position, take_position, withdraw_confirmation
from .schools import current_networks, propose_school, put_school, set_networks
from .tasks import forget_task, retry_tasks
from .vocabularies import put_objective, put_vocabulary, remove_objective, remove_vocabulary

__all__ = [
    "agree_to_terms",
    "appeal",
    "change_access",
    "change_profile",
    "choose_mail_hours",
    "choose_rhythms",
    "complain",
    "confirm_position",
    "current_networks",
    "decide_case",
    "end_role",
    "end_sessions",
    "forget_ended_sessions",
    "forget_task",
    "give_role",
    "join",
    "propose_school",
    "put_back",
    "put_objective",
    "put_school",
    "put_vocabulary",
    "read_all_notices",
    "read_notice",
    "record",
    "remove_objective",
    "remove_vocabulary",
    "reset_second_factor",
    "retry_tasks",
    "set_networks",
    "take_down",
    "take_position",
    "try_mail_again",
    "unsubscribe",
    "withdraw_confirmation",
]
