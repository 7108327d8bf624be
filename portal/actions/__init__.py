"""What people do on the ground of the portal. Permission, transaction, act, entry: all here."""

from .access import change_access, end_role, end_sessions, forget_ended_sessions, give_role, reset_second_factor
from .acts import record
from .banners import put_banner, remove_banner
from .blocks import block, unblock
from .complaints import appeal, belongs_to_others, complain, decide_case, put_back, take_down
from .imports import confirm_import, import_list, start_import
from .invitations import accept_invitation, make_invitation_link, send_invitations, withdraw_invitation
from .merges import merge_rows
from .my_data import ask_for_data, ask_to_leave, drop_data_export, forget_person, forget_titles, is_last_administrator, stay
from .notices import choose_mail_hours, choose_rhythms, read_all_notices, read_notice, try_mail_again, unsubscribe
from .people import agree_to_terms, change_profile, join
from .pins import put_pin, remove_pin
from .positions import confirm_position, take_position, withdraw_confirmation
from .proposals import accept_proposal, join_proposal, refuse_proposal
from .saved_searches import forget_search, rename_search, save_search, tell_of_entry
from .schools import current_networks, propose_school, put_school, set_networks
from .suspensions import may_suspend, suspend
from .synonyms import put_synonym, remove_synonym
from .tasks import forget_task, retry_tasks
from .vocabularies import put_objective, put_vocabulary, remove_objective, remove_vocabulary

__all__ = [
    "accept_invitation",
    "accept_proposal",
    "agree_to_terms",
    "appeal",
    "ask_for_data",
    "ask_to_leave",
    "belongs_to_others",
    "block",
    "change_access",
    "change_profile",
    "choose_mail_hours",
    "choose_rhythms",
    "complain",
    "confirm_import",
    "confirm_position",
    "current_networks",
    "decide_case",
    "drop_data_export",
    "end_role",
    "end_sessions",
    "forget_ended_sessions",
    "forget_person",
    "forget_titles",
    "forget_search",
    "forget_task",
    "give_role",
    "import_list",
    "is_last_administrator",
    "join",
    "join_proposal",
    "make_invitation_link",
    "may_suspend",
    "merge_rows",
    "propose_school",
    "put_back",
    "put_banner",
    "put_objective",
    "put_pin",
    "put_school",
    "put_synonym",
    "put_vocabulary",
    "read_all_notices",
    "read_notice",
    "record",
    "refuse_proposal",
    "remove_banner",
    "remove_objective",
    "remove_pin",
    "remove_synonym",
    "remove_vocabulary",
    "rename_search",
    "reset_second_factor",
    "retry_tasks",
    "save_search",
    "send_invitations",
    "set_networks",
    "start_import",
    "stay",
    "suspend",
    "take_down",
    "take_position",
    "tell_of_entry",
    "try_mail_again",
    "unblock",
    "unsubscribe",
    "withdraw_confirmation",
    "withdraw_invitation",
]
