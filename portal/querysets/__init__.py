"""Reads: the rule about who sees a row stands here, once for each model."""

from .complaints import CaseQuerySet, ComplaintQuerySet
from .mail import BounceQuerySet, LetterQuerySet
from .notices import NoticeQuerySet
from .people import HeldQuerySet, PersonQuerySet, PositionQuerySet, UserManager
from .schools import SchoolQuerySet

__all__ = [
    "BounceQuerySet",
    "CaseQuerySet",
    "ComplaintQuerySet",
    "HeldQuerySet",
    "LetterQuerySet",
    "NoticeQuerySet",
    "PersonQuerySet",
    "PositionQuerySet",
    "SchoolQuerySet",
    "UserManager",
]
