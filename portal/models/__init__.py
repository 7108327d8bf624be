from .acts import Act
from .banners import Banner
from .complaints import Case, Complaint
from .curriculum import Curriculum, Grade, Objective, Subject, SubjectArea
from .files import File, FilePage, Upload
from .imports import Import
from .invitations import Invitation
from .links import BrokenLink
from .media import Document, Picture, Rendition
from .merges import Merged
from .notices import Notice
from .pages import ArticlePage, EventPage, HomePage, SectionPage
from .people import Consent, Position, Role, User
from .schools import District, Network, Region, School, SchoolNetwork, SchoolType

__all__ = [
    "Act",
    "ArticlePage",
    "Banner",
    "BrokenLink",
    "Case",
    "Complaint",
    "Consent",
    "Curriculum",
    "District",
    "Document",
    "EventPage",
    "File",
    "FilePage",
    "Grade",
    "HomePage",
    "Import",
    "Invitation",
    "Merged",
    "Network",
    "Notice",
    "Objective",
    "Picture",
    "Position",
    "Region",
    "Rendition",
    "Role",
    "School",
    "SchoolNetwork",
    "SchoolType",
    "SectionPage",
    "Subject",
    "SubjectArea",
    "Upload",
    "User",
]
