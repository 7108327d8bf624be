"""What waits for those who care for the portal, on their start page. A person without a role is asked for nothing."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from .models import Case, Position, School, User


def care_work(request) -> dict | None:
    lines = [line for line in waiting_for(request.user) if line["count"]]
    return {"template": "portal/care_panel.html", "context": {"lines": lines}} if lines else None


def waiting_for(user: User) -> list[dict]:
    lines = []
    if user.is_caretaker:
        lines += open_cases(user)
    if user.confirms_positions:
        lines.append(unconfirmed_positions(user))
    if user.is_administrator:
        lines.append(proposed_schools(user))
    return lines


def open_cases(user: User) -> list[dict]:
    numbers = {"complaints": Count("pk", filter=Q(appeal_of=None)), "appeals": Count("pk", filter=~Q(appeal_of=None))}
    found, queue = Case.objects.visible_to(user).open().aggregate(**numbers), reverse("complaints")
    reported = ngettext(
        "%(count)s reported thing waits for a decision", "%(count)s reported things wait for a decision", found["complaints"]
    )
    appealed = ngettext("%(count)s appeal waits for an answer", "%(count)s appeals wait for an answer", found["appeals"])
    return [line("scale", appealed, found["appeals"], queue), line("flag", reported, found["complaints"], queue)]


def unconfirmed_positions(user: User) -> dict:
    count = Position.objects.confirmable_by(user).awaiting().count()
    label = ngettext("%(count)s teacher is waiting for your confirmation", "%(count)s teachers are waiting for your confirmation", count)
    return line("users", label, count, reverse("confirmations"))


def proposed_schools(user: User) -> dict:
    count = School.objects.visible_to(user).proposed().count()
    label = ngettext("%(count)s proposed school waits for a decision", "%(count)s proposed schools wait for a decision", count)
    return line("school", label, count, reverse("proposals"))


def line(icon: str, label: str, count: int, url: str) -> dict:
    return {"icon": icon, "label": label % {"count": count}, "count": count, "url": url}
