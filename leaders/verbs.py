"""What acts are called when people read them: a verb for each state that a thing can be moved to, and for what has no state."""

from django.utils.translation import gettext_lazy as _

MOVED = {
    "versions": {"frozen": _("put the version of the programme to use"), "retired": _("retired the version of the programme")},
    "cohorts": {
        "draft": _("took the cohort back to the drafts"),
        "published": _("announced the cohort"),
        "open": _("opened the cohort for applications"),
        "selection": _("began the selection"),
        "confirmed": _("named the participants of the cohort"),
        "running": _("began the course"),
        "assessment": _("began the assessment of the cohort"),
        "closed": _("completed the cohort"),
        "archived": _("put the cohort into the archive"),
        "cancelled": _("cancelled the cohort"),
    },
    "applications": {
        "draft": _("took the application back to change it"),
        "submitted": _("sent the application"),
        "selection": _("led the application on in the selection"),
        "accepted": _("accepted the application"),
        "reserve": _("put the application into the reserve"),
        "declined": _("declined the application"),
        "withdrawn": _("withdrew the application"),
    },
    "endorsements": {
        "given": _("endorsed the application"),
        "refused": _("did not endorse the application"),
        "expired": _("the time to endorse the application has passed"),
        "withdrawn": _("withdrew the request to endorse the application"),
    },
    "reviews": {
        "handed-in": _("handed in the review of the application"),
        "conflict": _("declared a conflict of interest"),
        "withdrawn": _("took the review of the application away"),
    },
    "score_imports": {"written": _("took in the list of scores"), "dropped": _("dropped the list of scores")},
    "enrolments": {
        "offered": _("offered a seat"),
        "enrolled": _("gave or took the seat"),
        "active": _("let the participant study"),
        "paused": _("interrupted the course of the participant"),
        "completed": _("noted that the course is completed"),
        "not-completed": _("noted that the course is not completed"),
        "declined": _("declined the seat"),
        "lapsed": _("the offer of the seat has lapsed"),
        "withdrawn": _("gave up the seat"),
        "removed": _("removed the participant"),
        "transferred": _("moved the participant to another cohort"),
    },
    "meetings": {"cancelled": _("cancelled the meeting")},
    "assignments": {
        "draft": _("took the assignment back to the drafts"),
        "published": _("published the assignment"),
        "closed": _("closed the assignment"),
    },
    "submissions": {
        "draft": _("took the work back to change it"),
        "handed-in": _("handed in the work"),
        "returned": _("returned the work for another version"),
        "accepted": _("accepted the work"),
    },
    "assessments": {"released": _("released the feedback to the work")},
    "projects": {"running": _("began the change project"), "finished": _("finished the change project")},
    "milestones": {
        "planned": _("took the milestone back"),
        "submitted": _("submitted the milestone"),
        "accepted": _("accepted the milestone"),
        "returned": _("returned the milestone"),
    },
    "stories": {"published": _("published the story of the project"), "withdrawn": _("withdrew the story of the project")},
    "certificates": {"revoked": _("revoked the certificate"), "replaced": _("replaced the certificate")},
    "issue_runs": {"running": _("began to issue certificates"), "done": _("issued the certificates of the cohort")},
}
DONE = {
    "found programme": _("founded the programme"),
    "start version": _("began a version of the programme"),
    "change requirements": _("changed what the programme requires"),
    "change rubric": _("changed the criteria of the programme"),
    "found cohort": _("founded the cohort"),
    "give cohort role": _("gave a role in the cohort"),
    "end cohort role": _("ended a role in the cohort"),
    "join waiting list": _("came onto the waiting list"),
}
VERBS = DONE | {f"{source} {state}": words for source, states in MOVED.items() for state, words in states.items()}
