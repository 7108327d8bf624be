"""What people do on the ground of the portal. Permission, transaction, act, entry: all here."""

from .access import change_access, end_role, give_role
from .acts import record
from .complaints import complain, decide_complaints
from .notices import choose_mail_hours, choose_rhythms, read_all_notices, read_notice, try_mail_again
from .people import agree_to_terms, change_profile, join
from .positions import confirm_position, take_position, withdraw_confirmation
from .schools import current_networks, propose_school, put_school, set_networks
from .vocabularies import put_objective, put_vocabulary, remove_objective, remove_vocabulary

__all__ = [
    "agree_to_terms",
    "change_access",
    "change_profile",
    "choose_mail_hours",
    "choose_rhythms",
    "complain",
    "confirm_position",
    "current_networks",
    "decide_complaints",
    "end_role",
    "give_role",
    "join",
    "propose_school",
    "put_objective",
    "put_school",
    "put_vocabulary",
    "read_all_notices",
    "read_notice",
    "record",
    "remove_objective",
    "remove_vocabulary",
    "set_networks",
    "take_position",
    "try_mail_again",
    "withdraw_confirmation",
]
