"""What is asked of participants, and what was said to their work."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import quoted, sentence

from ..models import Assignment, Submission

LEADERS = gettext_lazy("Programmes")


def published(notice: Notice) -> str:
    return sentence(_("A new assignment: “%(title)s”. It is due on %(day)s."), title=title(notice), day=due(notice))


def extended(notice: Notice) -> str:
    return sentence(_("You have more time for “%(title)s”: until %(day)s."), title=title(notice), day=due(notice))


def due_soon(notice: Notice) -> str:
    return sentence(_("“%(title)s” is due on %(day)s. You have not handed it in yet."), title=title(notice), day=due(notice))


def released(notice: Notice) -> str:
    if notice.data["accepted"]:
        return sentence(_("Your work “%(title)s” is accepted. Read the feedback."), title=title(notice))
    return sentence(_("Your work “%(title)s” needs another version. Read the feedback."), title=title(notice))


def title(notice: Notice) -> str:
    return quoted(notice.data["title"], notice.data["language"])


def due(notice: Notice) -> str:
    return date_format(localtime(datetime.fromisoformat(notice.data["due_at"])), "DATETIME_FORMAT")


def assignment(notice: Notice) -> str:
    return f"/leaders/assignments/{notice.object_id}/"


def submission(notice: Notice) -> str:
    return notice.data["address"]


def seen(model):
    return lambda user, ids: set(model.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


def kind(key: str, label, text, address, model) -> Kind:
    return Kind(key, label, text, address, Rhythm.AT_ONCE, visible=seen(model), group=LEADERS)


KINDS = [
    kind("assignment-published", gettext_lazy("New assignments"), published, assignment, Assignment),
    kind("assignment-extended", gettext_lazy("More time for an assignment"), extended, assignment, Assignment),
    kind("assignment-due", gettext_lazy("An assignment is due soon"), due_soon, assignment, Assignment),
    kind("feedback-released", gettext_lazy("Feedback to my work"), released, submission, Submission),
]
