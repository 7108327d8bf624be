"""What waits on the ground of the portal: for those who care for it, and what a person herself has asked to hear of."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from .models import Case, Consent, Notice, Position, School, User
from .start import Counts, Line, Tally


def counts(user: User) -> list:
    """A person without a role is asked for nothing of the care."""
    found = [
        Tally("subjects", User.subjects.through.objects.filter(user=user)),
        Tally("agreed", Consent.objects.filter(user=user, version=settings.TERMS_VERSION)),
        Tally("finds", Notice.objects.unread().filter(user=user, kind="saved-search")),
    ]
    if user.needs_second_factor:
        found.append(Tally("edits", user.cms_permissions))
    if user.is_caretaker:
        cases = Case.objects.visible_to(user).open()
        found += [Tally("complaints", cases.filter(appeal_of=None)), Tally("appeals", cases.exclude(appeal_of=None))]
    if user.confirms_positions:
        found.append(Tally("positions", Position.objects.confirmable_by(user).awaiting()))
    if user.is_administrator:
        found.append(Tally("proposals", School.objects.visible_to(user).proposed()))
    return found


def appeals(number: int) -> str:
    return ngettext("%(count)s appeal waits for an answer", "%(count)s appeals wait for an answer", number)


def complaints(number: int) -> str:
    return ngettext("%(count)s reported thing waits for a decision", "%(count)s reported things wait for a decision", number)


def positions(number: int) -> str:
    return ngettext("%(count)s teacher is waiting for your confirmation", "%(count)s teachers are waiting for your confirmation", number)


def proposals(number: int) -> str:
    return ngettext("%(count)s proposed school waits for a decision", "%(count)s proposed schools wait for a decision", number)


def finds(number: int) -> str:
    return ngettext("Your saved searches have found %(count)s new thing", "Your saved searches have found %(count)s new things", number)


# Appeals before reports: somebody waits for the second time.
TOLD = {
    "appeals": (appeals, "scale", "complaints"),
    "complaints": (complaints, "flag", "complaints"),
    "positions": (positions, "users", "confirmations"),
    "proposals": (proposals, "school", "proposals"),
    "finds": (finds, "search", "notices"),
}


def lines(request, counts: Counts) -> list[Line]:
    """Of all these only what her searches have found makes nobody else wait."""
    numbers = {key: counts[key].number for key in TOLD}
    return [
        Line(told(numbers[key]) % {"count": numbers[key]}, reverse(page), icon, asked=key != "finds")
        for key, (told, icon, page) in TOLD.items()
        if numbers[key]
    ]
