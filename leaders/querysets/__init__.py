"""Reads: who sees a row and who changes it, once for each model."""

from .applications import (
    AnswerQuerySet,
    ApplicationFileQuerySet,
    ApplicationQuerySet,
    DecisionWordsQuerySet,
    EndorsementQuerySet,
    QuestionQuerySet,
    StageQuerySet,
)
from .assignments import (
    AssessmentQuerySet,
    AssignmentQuerySet,
    ExtensionQuerySet,
    ExternalResultQuerySet,
    SubmissionFileQuerySet,
    SubmissionQuerySet,
)
from .catalogue import ProgrammeQuerySet, RequirementQuerySet, RubricQuerySet, VersionQuerySet
from .certificates import CertificateQuerySet, IssueRunQuerySet, RegisterLineQuerySet
from .cohorts import CohortQuerySet, CohortRoleQuerySet
from .meetings import AttendanceQuerySet, CohortMaterialQuerySet, MeetingQuerySet
from .mentoring import AgreementQuerySet, MentorLinkQuerySet, MentorMeetingQuerySet
from .projects import (
    EvidenceQuerySet,
    IndicatorQuerySet,
    MeasurementQuerySet,
    MemberQuerySet,
    MilestoneQuerySet,
    ProjectQuerySet,
    StoryQuerySet,
)
from .reviews import ReviewQuerySet, ScoreImportQuerySet, SelectionRunQuerySet, StageResultQuerySet
from .seats import EnrolmentQuerySet

__all__ = [
    "AgreementQuerySet",
    "AnswerQuerySet",
    "ApplicationFileQuerySet",
    "ApplicationQuerySet",
    "AssessmentQuerySet",
    "AssignmentQuerySet",
    "AttendanceQuerySet",
    "CertificateQuerySet",
    "CohortMaterialQuerySet",
    "CohortQuerySet",
    "CohortRoleQuerySet",
    "DecisionWordsQuerySet",
    "EndorsementQuerySet",
    "EnrolmentQuerySet",
    "EvidenceQuerySet",
    "ExtensionQuerySet",
    "ExternalResultQuerySet",
    "IndicatorQuerySet",
    "IssueRunQuerySet",
    "MeasurementQuerySet",
    "MeetingQuerySet",
    "MemberQuerySet",
    "MentorLinkQuerySet",
    "MentorMeetingQuerySet",
    "MilestoneQuerySet",
    "ProgrammeQuerySet",
    "ProjectQuerySet",
    "QuestionQuerySet",
    "RegisterLineQuerySet",
    "RequirementQuerySet",
    "ReviewQuerySet",
    "RubricQuerySet",
    "ScoreImportQuerySet",
    "SelectionRunQuerySet",
    "StageQuerySet",
    "StageResultQuerySet",
    "StoryQuerySet",
    "SubmissionFileQuerySet",
    "SubmissionQuerySet",
    "VersionQuerySet",
]
