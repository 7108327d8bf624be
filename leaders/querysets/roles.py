"""By which right somebody looks into a cohort: her roles on it, her seat in it, the people she accompanies. Every rule is made of these."""

from django.apps import apps
from django.db.models import Q, QuerySet

NOBODY = Q(pk__in=[])
# An empty Q would fall out of an "or"
EVERYTHING = ~NOBODY
MANAGER, TRAINER, MENTOR, EXAMINER, OBSERVER = TEAM = ("manager", "trainer", "mentor", "examiner", "observer")
# Of an enrolment: who sits in the cohort, whom a seat is kept for, who is not out of it
SEATED = ("enrolled", "active", "paused", "completed", "not-completed")
TAKEN = ("offered", *SEATED)
LIVE = ("waiting", *TAKEN)


def rows(model: str) -> QuerySet:
    return apps.get_model("leaders", model).objects.order_by()


def team(user, *names: str, cohort: str = "cohort") -> Q:
    """Whoever holds one of these roles on the cohort now; without names any."""
    if not user.is_authenticated:
        return NOBODY
    held = rows("CohortRole").current().filter(user=user, name__in=names or TEAM)
    return Q(**{f"{cohort}__in": held.values("cohort")})


def seated(user, cohort: str = "cohort") -> Q:
    if not user.is_authenticated:
        return NOBODY
    return Q(**{f"{cohort}__in": rows("Enrolment").filter(user=user, state__in=SEATED).values("cohort")})


def inside(user, cohort: str = "cohort") -> Q:
    """Where the inner pages of a cohort are open to her."""
    return team(user, cohort=cohort) | seated(user, cohort)


def accompanied(user, enrolment: str = "enrolment") -> Q:
    """The participants whose mentor she is, as long as she is a mentor of their cohort."""
    if not user.is_authenticated:
        return NOBODY
    links = rows("MentorLink").filter(team(user, MENTOR, cohort="enrolment__cohort"), mentor=user, until=None)
    return Q(**{f"{enrolment}__in": links.values("enrolment")})


def own(user, path: str = "user") -> Q:
    return Q(**{path: user}) if user.is_authenticated else NOBODY


def office(user) -> Q:
    """Administrators found cohorts and name who looks after them; what participants write is not theirs to read."""
    return EVERYTHING if user.is_authenticated and user.is_administrator else NOBODY
