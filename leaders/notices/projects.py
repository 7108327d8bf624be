"""Mentors, milestones, the stories of change projects."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import quoted, sentence

from ..models import ChangeProject, Enrolment, Milestone, Story
from .assignments import LEADERS, seen


def title(notice: Notice) -> str:
    return quoted(notice.data["title"], notice.data["language"])


def mentor_given(notice: Notice) -> str:
    words = _("Mentor: %(mentor)s. Participant: %(participant)s. You can agree on your first meeting now.")
    return words % {"mentor": notice.data["mentor"], "participant": notice.data["participant"]}


def met(notice: Notice) -> str:
    day = date_format(date.fromisoformat(notice.data["held_on"]), "DATE_FORMAT")
    return _("Your mentor has written down your meeting of this day and what you agreed on: %(day)s") % {"day": day}


def submitted(notice: Notice) -> str:
    if notice.actor:
        return sentence(_("%(name)s has sent you a milestone: “%(title)s”."), name=notice.actor.get_full_name(), title=title(notice))
    return sentence(_("A milestone waits for your word: “%(title)s”."), title=title(notice))


def decided(notice: Notice) -> str:
    if notice.data["accepted"]:
        return sentence(_("Your milestone “%(title)s” is accepted."), title=title(notice))
    return sentence(_("Your milestone “%(title)s” is returned. Read what is missing."), title=title(notice))


def joined(notice: Notice) -> str:
    return sentence(_("You are in the team of the change project “%(title)s” now."), title=title(notice))


def to_agree(notice: Notice) -> str:
    return sentence(_("Do you agree that the story “%(title)s” is told? It is published once the whole team agrees."), title=title(notice))


def mentoring(notice: Notice) -> str:
    return f"/leaders/enrolments/{notice.object_id}/mentoring/"


def at(path: str):
    return lambda notice: f"/leaders/{path}/{notice.object_id}/"


def kind(key: str, label, text, address, visible) -> Kind:
    return Kind(key, label, text, address, Rhythm.AT_ONCE, visible=visible, group=LEADERS)


KINDS = [
    kind("mentor-given", gettext_lazy("Mentor and participant"), mentor_given, mentoring, seen(Enrolment)),
    kind("mentor-meeting", gettext_lazy("Agreements with my mentor"), met, mentoring, seen(Enrolment)),
    kind("milestone-submitted", gettext_lazy("Milestones that wait for my word"), submitted, at("milestones"), seen(Milestone)),
    kind("milestone-decided", gettext_lazy("Answers to my milestones"), decided, at("milestones"), seen(Milestone)),
    kind("project-joined", gettext_lazy("Change projects that I am in"), joined, at("projects"), seen(ChangeProject)),
    kind("story-to-agree", gettext_lazy("Stories that wait for my agreement"), to_agree, at("stories"), seen(Story)),
]
