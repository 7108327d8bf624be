"""What programmes show on pages of the portal: what is left of a person's course and waits for her word, her stories, open cohorts."""

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from portal.start import Counts, Line, Tally, holds

from .evaluate import evaluate
from .facts import facts_of
from .models import Application, Certificate, Cohort, CohortRole, Enrolment, Milestone, Review, Story, Submission
from .presented import open_now
from .progress import lines_left
from .querysets.roles import EXAMINER, LIVE, MENTOR, TEAM
from .requirements import rule_of

LEFT_SHOWN = 3
OPEN_SHOWN = 3
STORIES_SHOWN = 10
STUDYING = ("enrolled", "active")


def counts(user) -> list:
    found = [*places_of(user), Tally("unsent", applications_of(user).filter(state=Application.State.DRAFT))]
    if not holds(user, "team", CohortRole.objects.current().filter(user=user)):
        return found
    return [
        *found,
        Tally("milestones", Milestone.objects.decidable_by(user).filter(state=Milestone.State.SUBMITTED)),
        Tally("works", Submission.objects.assessable_by(user), "assignment"),
        Tally("reviews", Review.objects.editable_by(user)),
    ]


def applications_of(user):
    """Those that are not over yet."""
    return Application.objects.filter(user=user).live().exclude(cohort__state__in=Cohort.OVER)


def places_of(user) -> list:
    """What she is in programmes: the states of her seats, the names of her roles, whether she applies or holds a certificate."""
    seats = Enrolment.objects.of(user).live().exclude(cohort__state=Cohort.State.ARCHIVED)
    return [
        Tally(Concat(Value("seat:"), F("state")), seats),
        Tally(Concat(Value("role:"), F("name")), CohortRole.objects.current().filter(user=user)),
        Tally("application", applications_of(user)),
        Tally("certificate", Certificate.objects.valid().filter(user=user)),
    ]


def known_of(counts: Counts) -> set[str]:
    """The names of her roles, the states of her seats, `application`, `certificate`."""
    return {key.removeprefix("seat:").removeprefix("role:") for key in counts}


def lines(request, counts: Counts) -> list[Line]:
    """Whoever has nothing to do with a programme costs no query."""
    studies = known_of(counts) & set(STUDYING)
    return [*offers(counts), *asked_of_team(counts), *(lines_of_courses(request.user) if studies else [])]


def offers(counts: Counts) -> list[Line]:
    found, seat = [], gettext("A seat is offered to you: say whether you take it")
    if offered := counts["seat:offered"].first:
        found.append(Line(seat, reverse("enrolment", args=[offered]), "inbox", asked=True))
    if unsent := counts["unsent"].first:
        found.append(Line(gettext("Your application is not sent yet"), reverse("application", args=[unsent]), "file-text"))
    return found


def asked_of_team(counts: Counts) -> list[Line]:
    milestones, works, reviews = (counts[key].number for key in ("milestones", "works", "reviews"))
    told = ngettext("%(count)s milestone waits for your word", "%(count)s milestones wait for your word", milestones)
    read = ngettext("%(count)s work waits to be read", "%(count)s works wait to be read", works)
    judged = ngettext("%(count)s application waits for your review", "%(count)s applications wait for your review", reviews)
    found = []
    if milestones and MENTOR in known_of(counts):
        found.append(Line(told % {"count": milestones}, reverse("mentees"), "flag", asked=True))
    if works:
        found.append(Line(read % {"count": works}, reverse("assignment", args=[counts["works"].first]), "file-text", asked=True))
    if reviews:
        found.append(Line(judged % {"count": reviews}, reverse("my_reviews"), "inbox", asked=True))
    return found


def ways(request, counts: Counts) -> dict | None:
    found = ways_of(known_of(counts))
    return {"template": "leaders/progress/panel.html", "context": {"ways": found}} if found else None


def stories_of_person(request, person) -> dict | None:
    """On her page: what everybody may read of the change in her school."""
    stories = list(Story.objects.published().told_by(person)[:STORIES_SHOWN])
    return {"template": "leaders/projects/person_panel.html", "context": {"stories": stories}} if stories else None


def open_cohorts(request, page) -> dict | None:
    """On the home page."""
    cohorts = open_now()
    return {"template": "leaders/catalogue/open_panel.html", "context": {"cohorts": cohorts[:OPEN_SHOWN]}} if cohorts else None


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


def lines_of_courses(user) -> list[Line]:
    """Of each course the first things that she herself has to do; where nothing can help any more, that."""
    seats = list(Enrolment.objects.filter(user=user, state__in=STUDYING).select_related("cohort__version"))
    facts, now, found = facts_of(seats), timezone.now(), []
    for seat in seats:
        if not (rule := rule_of(seat.cohort)):
            continue
        outcome, about = evaluate(rule, facts[seat.pk], now), (seat.cohort.name, reverse("my_progress", args=[seat.cohort_id]))
        left = [line for line in lines_left(outcome, seat) if line.state != "waiting"][:LEFT_SHOWN]
        found += [line_of_course(line, *about) for line in left]
        if outcome.lost and not left:
            found.append(lost(*about))
    return found


def lost(about: str, about_url: str) -> Line:
    label = gettext("The certificate can be reached no more in this cohort")
    return Line(label, about_url, "triangle-alert", about=about, about_url=about_url)


def line_of_course(line, about: str, about_url: str) -> Line:
    url = f"/{get_language()}{line.address}" if line.address else about_url
    return Line(line.name, url, due=line.due, late=line.state == "late", said=line.said.rstrip("."), about=about, about_url=about_url)
