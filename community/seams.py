"""What community hangs into the registries of the apps to its left."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal import clock, seams
from portal.tasks import enqueue

from . import actions, archive, notices, panels, person_data, reporting, search, sitemaps, topic_notices
from .models import Group

VERBS_OF_GROUPS = {
    "found group": _("founded the group"),
    "change group": _("changed the group"),
    "archive group": _("archived the group"),
    "reopen group": _("opened the group for writing again"),
    "join group": _("joined the group"),
    "leave group": _("left the group"),
    "ask to join": _("asked to join the group"),
    "export group": _("packed the group to take it along"),
    "decline request": _("declined a request to join"),
    "change role": _("changed a role in the group"),
    "remove member": _("removed a member from the group"),
    "lift exclusion": _("let a removed member come back"),
    "invite to group": _("made a link into the group"),
    "withdraw group invitation": _("withdrew a link into the group"),
    "visit group": _("looked into a group that is not open"),
    "enter school group": _("came into the group of the school"),
    "enter cohort group": _("let people into the group of the cohort"),
    "leave cohort group": _("took people out of the group of the cohort"),
    "leave school group": _("left the group of the school with the place of work"),
}

VERBS_OF_TOPICS = {
    "start topic": _("started a topic"),
    "change topic": _("changed title, kind or language of the topic"),
    "solve": _("marked the answer that solved it"),
    "unsolve": _("took back what was marked as the solution"),
    "pin topic": _("pinned the topic"),
    "unpin topic": _("unpinned the topic"),
    "lock topic": _("closed the topic"),
    "unlock topic": _("opened the topic again"),
    "move topic": _("moved the topic to another group"),
    "split topic": _("made a topic of its own from some posts"),
    "delete topic": _("deleted the topic"),
    "delete post": _("deleted the post"),
    "let through": _("let a waiting post through"),
    "refuse post": _("refused a waiting post"),
}


def register() -> None:
    search.register()
    reporting.register()
    sitemaps.register()
    seams.person_data.append(person_data.PERSON_DATA)
    clock.JOBS.append(clock.Job("drop-old-group-exports", timedelta(hours=6), archive.drop_old_exports))
    seams.person_renamed.append(lambda user: enqueue(search.write_topics_of_author, user.pk))
    seams.entry_writers[Group] = actions.refresh_groups
    seams.act_verbs.update(VERBS_OF_GROUPS | VERBS_OF_TOPICS)
    seams.notice_kinds.extend(notices.OF_GROUPS)
    seams.notice_kinds.extend(notices.OF_STEWARDS)
    seams.page_slots["thing"].append(panels.discuss)
    seams.page_slots["school"].append(panels.group_of_school)
    seams.positions_changed.append(actions.follow_positions)
    seams.preparations.extend([actions.put_subject_groups, actions.put_school_groups])
    seams.notice_kinds.extend(topic_notices.OF_TOPICS)
    seams.start_counts.append(panels.counts)
    seams.start_lines.append(panels.lines)
    seams.start_panels.append(panels.news)
