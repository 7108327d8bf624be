"""How the things in the queue of complaints are described in a line."""

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext

from ..models import Case
from ..vocabularies import region_labels

register = template.Library()

TONES = {Case.State.OPEN: "warn", Case.State.UPHELD: "ok", Case.State.DISMISSED: ""}


@register.filter
def case_tone(case: Case) -> str:
    return TONES[case.state]


@register.filter
def case_state(case: Case) -> str:
    if case.is_open and case.is_appeal:
        return gettext("an appeal")
    return case.get_state_display()


@register.filter
def waiting_facts(case: Case) -> list[str]:
    """Why, how many, where, how long already."""
    reasons = {complaint.get_reason_display() for complaint in case.complaints.all()}
    number = ngettext("%(count)s report", "%(count)s reports", case.number) % {"count": case.number} if case.number else ""
    waits = gettext("waits for %(time)s") % {"time": timesince(case.opened_at, depth=1)}
    return [*sorted(map(str, reasons)), number, region(case), waits]


@register.filter
def decided_facts(case: Case) -> list[str]:
    took = gettext("took %(time)s") % {"time": timesince(case.opened_at, case.decided_at, depth=1)}
    return [case.get_decision_display(), region(case), took]


@register.filter
def case_facts(case: Case) -> list[str]:
    facts = [case.get_language_display(), region(case)]
    if case.is_open:
        facts.append(gettext("waits for %(time)s") % {"time": timesince(case.opened_at, depth=1)})
    else:
        facts.append(gettext("took %(time)s") % {"time": timesince(case.opened_at, case.decided_at, depth=1)})
    return [fact for fact in facts if fact]


def region(case: Case) -> str:
    return region_labels([case.region.code]).get(case.region.code, "") if case.region else ""
