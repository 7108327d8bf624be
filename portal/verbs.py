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
    "invite": _("invited colleagues"),
    "withdraw invitation": _("withdrew an invitation"),
    "accept invitation": _("came by an invitation"),
    "give role": _("gave a role"),
    "end role": _("ended a role"),
    "change access": _("changed the access"),
    "reset second factor": _("removed the second factor"),
    "ask for data": _("asked for all data"),
    "ask to leave": _("asked to delete the account"),
    "stay": _("kept the account after all"),
    "forget": _("the account was deleted"),
    "suspend": _("suspended the person"),
    "lift suspension": _("lifted the suspension"),
}
ROWS = {
    "add": _("added it"),
    "change": _("changed it"),
    "remove": _("removed it"),
    "import": _("took in a list"),
    "merge": _("merged another one into it"),
    "propose": _("proposed it"),
    "accept proposal": _("took it into the list"),
    "refuse proposal": _("refused the proposal"),
    "retry task": _("tried a failed task again"),
    "forget task": _("forgot a failed task"),
}
# Deeds of those responsible, besides what people do with their own things
OF_STAFF = (
    "uphold complaints", "dismiss complaints", "uphold appeal", "dismiss appeal", "hide", "show", "suspend", "lift suspension",
    "accept proposal", "refuse proposal", "confirm position", "withdraw confirmation",
    "give role", "end role", "change access", "reset second factor",
    "merge", "add", "change", "remove", "rename", "retry task", "forget task",
)  # fmt: skip
SOURCES = {
    "materials": _("Materials"),
    "people": _("People"),
    "pages": _("Pages and news"),
    "schools": _("Schools"),
    "objectives": _("Learning objectives"),
    "groups": _("Groups"),
    "topics": _("Discussions"),
    "posts": _("Posts"),
    "tags": _("Tags"),
    "pins": _("Pinned results"),
}
TASKS = {
    "retry task": _("had a failed task tried again"),
    "forget task": _("forgot a failed task"),
}


def register() -> None:
    seams.act_sources.update(SOURCES)
    seams.act_verbs.update(COMPLAINTS | PEOPLE | ROWS | TASKS)
