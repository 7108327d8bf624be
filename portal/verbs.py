"""What the acts on the ground of the portal are called when people read them."""

from django.utils.translation import gettext_lazy as _

from . import seams

COMPLAINTS = {
    "complain": _("reported it"),
    "uphold complaints": _("upheld the reports"),
    "dismiss complaints": _("dismissed the reports"),
    "appeal": _("appealed"),
    "uphold appeal": _("granted the appeal"),
    "dismiss appeal": _("did not grant the appeal"),
}
PEOPLE = {
    "join": _("joined the portal"),
    "take position": _("named a school"),
    "confirm position": _("confirmed the place of work"),
    "withdraw confirmation": _("withdrew the confirmation"),
    "give role": _("gave a role"),
    "end role": _("ended a role"),
    "change access": _("changed the access"),
}
ROWS = {
    "add": _("added it"),
    "change": _("changed it"),
    "remove": _("removed it"),
    "propose": _("proposed it"),
}


def register() -> None:
    seams.act_verbs.update(COMPLAINTS | PEOPLE | ROWS)
