from .care import Exclusion, StaffVisit
from .drafts import Draft, DraftFile
from .exports import GroupExport
from .groups import Group, GroupInvitation, JoinRequest, Level, Membership
from .reading import Bookmark, TopicReader
from .topics import FormerPlace, Mention, Post, PostFile, PostVersion, Topic

__all__ = [
    "Bookmark",
    "Draft",
    "DraftFile",
    "Exclusion",
    "FormerPlace",
    "Group",
    "GroupExport",
    "GroupInvitation",
    "JoinRequest",
    "Level",
    "Membership",
    "Mention",
    "Post",
    "PostFile",
    "PostVersion",
    "StaffVisit",
    "Topic",
    "TopicReader",
]
