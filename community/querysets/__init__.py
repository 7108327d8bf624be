from .exports import GroupExportQuerySet
from .groups import GroupInvitationQuerySet, GroupQuerySet, MembershipQuerySet, StaffVisitQuerySet
from .topics import PostQuerySet, TopicQuerySet

__all__ = [
    "GroupExportQuerySet",
    "GroupInvitationQuerySet",
    "GroupQuerySet",
    "MembershipQuerySet",
    "PostQuerySet",
    "StaffVisitQuerySet",
    "TopicQuerySet",
]
