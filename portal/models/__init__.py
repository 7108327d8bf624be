from .acts import Act
from .complaints import Case, Complaint
from .curriculum import Curriculum, Grade, Objective, Subject, SubjectArea
from .files import File, FilePage, Upload
from .mail import Bounce, Holiday, Letter, MailHours
from .media import Document, Picture, Rendition
from .notices import Notice, NoticeChoice, Rhythm
from .pages import ArticlePage, HomePage, SectionPage
from .people import Consent, Position, Role, User
from .schools import District, Network, Region, School, SchoolNetwork, SchoolType

__all__ = [
    "Act",
    "ArticlePage",
    "Bounce",
    "Case",
    "Complaint",
    "Consent",
    "Curriculum",
    "District",
    "Document",
    "File",
    "FilePage",
    "Grade",
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
    "School",
    "SchoolNetwork",
    "SchoolType",
    "SectionPage",
    "Subject",
    "SubjectArea",
    "Upload",
    "User",
]
