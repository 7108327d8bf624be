from .acts import Act
from .complaints import Case, Complaint
from .curriculum import Curriculum, Grade, Objective, Subject, SubjectArea
from .files import File, FilePage, Upload
from .media import Document, Picture, Rendition
from .my_data import DataExport, Departure
from .notices import Notice
from .pages import ArticlePage, HomePage, SectionPage
from .people import Consent, Position, Role, User
from .schools import District, Network, Region, School, SchoolNetwork, SchoolType

__all__ = [
    "Act",
    "ArticlePage",
    "Case",
    "Complaint",
    "Consent",
    "Curriculum",
    "DataExport",
    "Departure",
    "District",
    "Document",
    "File",
    "FilePage",
    "Grade",
    "HomePage",
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
