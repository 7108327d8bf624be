from .acts import Act
from .banners import Banner
from .blocks import Block
from .complaints import Case, Complaint
from .curriculum import Curriculum, Grade, Objective, Subject, SubjectArea
from .files import File, FilePage, Upload
from .help import HelpArticle
from .imports import Import
from .invitations import Invitation
from .links import BrokenLink
from .mail import Bounce, Holiday, Letter, MailHours
from .media import Document, Picture, Rendition
from .merges import Merged
from .my_data import DataExport, Departure
from .notices import Notice, NoticeChoice, Rhythm
from .pages import ArticlePage, EventPage, HomePage, SectionPage
from .people import Consent, Position, Role, User
from .saved_searches import SavedSearch, SavedSearchAlert, SavedSearchTerm
from .schools import District, Network, Region, School, SchoolNetwork, SchoolType
from .suspensions import Suspension

__all__ = [
    "Act",
    "ArticlePage",
    "Banner",
    "BrokenLink",
    "Block",
    "Bounce",
    "Case",
    "Complaint",
    "Consent",
    "Curriculum",
    "DataExport",
    "Departure",
    "District",
    "Document",
    "EventPage",
    "File",
    "FilePage",
    "Grade",
    "HelpArticle",
    "Import",
    "Invitation",
    "Merged",
    "Holiday",
    "HomePage",
    "Letter",
    "MailHours",
    "Network",
    "Notice",
    "NoticeChoice",
    "Objective",
    "Picture",
    "Position",
    "Region",
    "Rendition",
    "Rhythm",
    "Role",
    "SavedSearch",
    "SavedSearchAlert",
    "SavedSearchTerm",
    "School",
    "SchoolNetwork",
    "SchoolType",
    "SectionPage",
    "Subject",
    "SubjectArea",
    "Suspension",
    "Upload",
    "User",
]
