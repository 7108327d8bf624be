"""The states of a cohort as a road that people read, and as buttons of those who lead it."""

from django.utils.translation import pgettext_lazy

from .models import Cohort
from .moves import TABLES

ROAD = ("published", "open", "selection", "confirmed", "running", "assessment", "closed")
FORWARD = {
    "published": pgettext_lazy("a cohort", "Announce"),
    "open": pgettext_lazy("a cohort", "Open for applications"),
    "selection": pgettext_lazy("a cohort", "Close applications, begin the selection"),
    "confirmed": pgettext_lazy("a cohort", "Name the participants"),
    "running": pgettext_lazy("a cohort", "Begin the course"),
    "assessment": pgettext_lazy("a cohort", "Begin the assessment"),
    "closed": pgettext_lazy("a cohort", "Complete the cohort"),
    "archived": pgettext_lazy("a cohort", "Put into the archive"),
}
BACK = {
    "draft": pgettext_lazy("a cohort", "Back to the drafts"),
    "published": pgettext_lazy("a cohort", "Close applications, back to the announcement"),
    "open": pgettext_lazy("a cohort", "Take applications again"),
    "selection": pgettext_lazy("a cohort", "Back to the selection"),
    "running": pgettext_lazy("a cohort", "Back to the course"),
    "assessment": pgettext_lazy("a cohort", "Back to the assessment"),
}
ORDER = ("draft", *ROAD, "archived")


def road_of(cohort: Cohort) -> list[dict]:
    """Done, now, ahead; nothing for what is no longer on the road."""
    if cohort.state not in ROAD:
        return []
    now = ROAD.index(cohort.state)
    named = Cohort.State
    return [{"label": named(state).label, "at": "done" if at < now else "now" if at == now else "ahead"} for at, state in enumerate(ROAD)]


def steps_from(cohort: Cohort) -> dict:
    """The next step; steps back; whether it may be cancelled."""
    allowed = TABLES[Cohort].moves.get(cohort.state, ())
    on = [state for state in allowed if state in ORDER]
    at = ORDER.index(cohort.state)
    return {
        "forward": [{"to": state, "label": FORWARD[state]} for state in on if ORDER.index(state) > at],
        "back": [{"to": state, "label": BACK[state]} for state in on if ORDER.index(state) < at],
        "cancels": Cohort.State.CANCELLED in allowed,
    }
