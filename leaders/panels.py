"""What programmes show on pages of the portal: what is left of a person's course and waits for her word, her stories, open cohorts."""

from django.db.models import CharField, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from .evaluate import evaluate
from .facts import facts_of
from .models import Application, Certificate, Cohort, CohortRole, Enrolment, Milestone, Story, Submission
from .presented import open_now
from .progress import lines_left
from .querysets.assignments import READERS
from .querysets.roles import EXAMINER, LIVE, MENTOR, TEAM
from .requirements import rule_of

LEFT_SHOWN = 3
OPEN_SHOWN = 3
STORIES_SHOWN = 10
STUDYING = ("enrolled", "active")


def courses(request) -> dict | None:
    """Whoever has nothing to do with a programme costs one query."""
    known = what_she_is(request.user)
    if not known:
        return None
    seats = courses_of(request.user) if known & set(STUDYING) else []
    waiting = [line for line in waiting_for(request.user, known) if line["count"]]
    return {"template": "leaders/progress/panel.html", "context": {"courses": seats, "waiting": waiting, "ways": ways_of(known)}}


def stories_of_person(request, person) -> dict | None:
    """On her page: what everybody may read of the change in her school."""
    stories = list(Story.objects.published().told_by(person)[:STORIES_SHOWN])
    return {"template": "leaders/projects/person_panel.html", "context": {"stories": stories}} if stories else None


def open_cohorts(request, page) -> dict | None:
    """On the home page."""
    cohorts = open_now()
    return {"template": "leaders/catalogue/open_panel.html", "context": {"cohorts": cohorts[:OPEN_SHOWN]}} if cohorts else None


def what_she_is(user) -> set[str]:
    """The names of her roles, the states of her seats, `application` where one of hers is not over yet, and `certificate`."""
    going_on = Application.objects.filter(user=user).live().exclude(cohort__state__in=Cohort.OVER)
    seats = Enrolment.objects.of(user).live().exclude(cohort__state=Cohort.State.ARCHIVED).order_by().values_list("state")
    roles = CohortRole.objects.current().filter(user=user).order_by().values_list("name")
    applications = going_on.order_by().values_list(Value("application", CharField()))
    held = Certificate.objects.valid().filter(user=user).order_by().values_list(Value("certificate", CharField()))
    return {name for (name,) in seats.union(roles, applications, held)}


def ways_of(known: set[str], *, here: bool = False) -> list[dict]:
    """To the pages that have something for her; `here` leaves out the one on which she is."""
    ways = []
    if not here and known & {*LIVE, *TEAM}:
        ways.append({"label": gettext("My programmes"), "url": reverse("my_programmes"), "icon": "graduation-cap"})
    if "application" in known:
        ways.append({"label": gettext("My applications"), "url": reverse("my_applications"), "icon": "file-text"})
    if "certificate" in known:
        ways.append({"label": gettext("My certificates"), "url": reverse("my_certificates"), "icon": "graduation-cap"})
    if EXAMINER in known:
        ways.append({"label": gettext("My reviews of applications"), "url": reverse("my_reviews"), "icon": "inbox"})
    if MENTOR in known:
        ways.append({"label": gettext("Whom I accompany"), "url": reverse("mentees"), "icon": "users"})
    return ways


def courses_of(user) -> list[dict]:
    """Each course with the first things that she herself has to do."""
    seats = list(Enrolment.objects.filter(user=user, state__in=STUDYING).select_related("cohort__version"))
    facts, now, found = facts_of(seats), timezone.now(), []
    for seat in seats:
        if rule := rule_of(seat.cohort):
            outcome = evaluate(rule, facts[seat.pk], now)
            lines = [line for line in lines_left(outcome, seat) if line.state != "waiting"]
            found.append({"cohort": seat.cohort, "lines": lines[:LEFT_SHOWN], "is_lost": outcome.lost})
    return found


def waiting_for(user, known: set[str]) -> list[dict]:
    lines = []
    if MENTOR in known:
        count = Milestone.objects.decidable_by(user).filter(state=Milestone.State.SUBMITTED).count()
        label = ngettext("%(count)s milestone waits for your word", "%(count)s milestones wait for your word", count)
        lines.append({"icon": "flag", "label": label % {"count": count}, "count": count, "url": reverse("mentees")})
    if known & set(READERS):
        works = Submission.objects.assessable_by(user).order_by("handed_in_at")
        count, first = works.count(), works.values_list("assignment", flat=True).first()
        label = ngettext("%(count)s work waits to be read", "%(count)s works wait to be read", count)
        url = reverse("assignment", args=[first]) if first else ""
        lines.append({"icon": "file-text", "label": label % {"count": count}, "count": count, "url": url})
    return lines
