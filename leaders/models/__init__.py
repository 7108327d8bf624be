from .applications import Answer, Application, ApplicationFile, DecisionWords, Endorsement, Question, Stage
from .assignments import Assessment, AssessmentScore, Assignment, Extension, ExternalResult, Submission, SubmissionFile
from .attendance import AttendanceMark
from .catalogue import Criterion, Programme, ProgrammeVersion, Requirement, Rubric
from .certificates import Certificate, IssueRun, Register, RegisterLine
from .cohorts import Cohort, CohortRole
from .meetings import CalendarFeed, CohortMaterial, Meeting
from .mentoring import Agreement, MentorLink, MentorMeeting
from .pages import CataloguePage, ProgrammePage
from .projects import ChangeProject, Evidence, Indicator, Measurement, Milestone, MilestoneDecision, ProjectMember, Story
from .reviews import Review, ReviewScore, ScoreImport, StageResult
from .seats import Enrolment
from .selection_runs import SelectionRun

__all__ = [
    "Agreement",
    "Answer",
    "Application",
    "ApplicationFile",
    "Assessment",
    "AssessmentScore",
    "Assignment",
    "AttendanceMark",
    "CalendarFeed",
    "CataloguePage",
    "Certificate",
    "ChangeProject",
    "Cohort",
    "CohortMaterial",
    "CohortRole",
    "Criterion",
    "DecisionWords",
    "Endorsement",
    "Enrolment",
    "Evidence",
    "Extension",
    "ExternalResult",
    "Indicator",
    "IssueRun",
    "Measurement",
    "Meeting",
    "MentorLink",
    "MentorMeeting",
    "Milestone",
    "MilestoneDecision",
    "Programme",
    "ProgrammePage",
    "ProgrammeVersion",
    "ProjectMember",
    "Question",
    "Register",
    "RegisterLine",
    "Requirement",
    "Review",
    "ReviewScore",
    "Rubric",
    "ScoreImport",
    "SelectionRun",
    "Stage",
    "StageResult",
    "Story",
    "Submission",
    "SubmissionFile",
]
