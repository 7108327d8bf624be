from .groups import GroupInvitationQuerySet, GroupQuerySet, MembershipQuerySet, StaffVisitQuerySet
from .topics import PostQuerySet, TopicQuerySet

__all__ = [
    "GroupInvitationQuerySet",
    "GroupQuerySet",
    "MembershipQuerySet",
    "PostQuerySet",
    "StaffVisitQuerySet",
    "TopicQuerySet",
]
