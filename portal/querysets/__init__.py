"""Reads: the rule about who sees a row stands here, once for each model."""

from .care import BlockQuerySet, SuspensionQuerySet
from .complaints import CaseQuerySet, ComplaintQuerySet
from .invitations import InvitationQuerySet
from .mail import BounceQuerySet, LetterQuerySet
from .merges import MergedQuerySet
from .notices import NoticeQuerySet
from .people import HeldQuerySet, PersonQuerySet, PositionQuerySet, UserManager
from .saved_searches import SavedSearchQuerySet, SavedSearchTermQuerySet
from .schools import SchoolQuerySet

__all__ = [
    "BlockQuerySet",
    "BounceQuerySet",
    "CaseQuerySet",
    "ComplaintQuerySet",
    "HeldQuerySet",
    "InvitationQuerySet",
    "LetterQuerySet",
    "MergedQuerySet",
    "NoticeQuerySet",
    "PersonQuerySet",
    "PositionQuerySet",
    "SavedSearchQuerySet",
    "SavedSearchTermQuerySet",
    "SchoolQuerySet",
    "SuspensionQuerySet",
    "UserManager",
]
