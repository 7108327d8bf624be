"""What applicants and managers are told on the way from the draft to the decision."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.models import Notice, Rhythm
from portal.notices import Kind
from portal.notices.own import quoted, sentence

from ..models import Application, Cohort
from .named import PROGRAMMES, cohort_name, name_in_data


def submitted(notice: Notice) -> str:
    said = ngettext("%(number)s new application to “%(cohort)s”.", "%(number)s new applications to “%(cohort)s”.", notice.number)
    return sentence(said, number=notice.number, cohort=cohort_name(notice))


def endorsement_answered(notice: Notice) -> str:
    said = {
        "given": _("%(head)s endorsed your application to “%(cohort)s”."),
        "refused": _("%(head)s did not endorse your application to “%(cohort)s”. You can read why, and ask again."),
        "expired": _("%(head)s did not answer in time about your application to “%(cohort)s”. You can ask again."),
    }[notice.data["state"]]
    return sentence(said, head=quoted(notice.data["head"]), cohort=cohort_name(notice))


def next_stage(notice: Notice) -> str:
    said = _("Your application to “%(cohort)s” is in a new stage: %(stage)s.")
    return sentence(said, cohort=cohort_name(notice), stage=name_in_data(notice, "stage"))


def decided(notice: Notice) -> str:
    said = {
        "accepted": _("Your application to “%(cohort)s” is accepted."),
        "reserve": _("Your application to “%(cohort)s” is in the reserve."),
        "declined": _("Your application to “%(cohort)s” is declined."),
        "selection": _("The decision on your application to “%(cohort)s” was taken back: the selection goes on."),
    }[notice.data["outcome"]]
    return sentence(said, cohort=cohort_name(notice))


def list_of_cohort(notice: Notice) -> str:
    return f"/leaders/{notice.object_id}/applications/"


def own_application(notice: Notice) -> str:
    return f"/leaders/applications/{notice.object_id}/"


def own_applications(notice: Notice) -> str:
    return "/leaders/applications/"


def managed(user, ids: list[int]) -> set[int]:
    return set(Cohort.objects.managed_by(user).filter(pk__in=ids).values_list("pk", flat=True))


def applied_to(user, ids: list[int]) -> set[int]:
    return set(Application.objects.filter(user=user, cohort__in=ids).values_list("cohort", flat=True))


def hers(user, ids: list[int]) -> set[int]:
    return set(Application.objects.filter(user=user, pk__in=ids).values_list("pk", flat=True))


KINDS = [
    Kind(key, label, text, address, rhythm, visible=visible, group=PROGRAMMES)
    for key, label, text, address, rhythm, visible in (
        ("application-submitted", gettext_lazy("Applications to my cohorts"), submitted, list_of_cohort, Rhythm.DAILY, managed),
        ("endorsement-answered", gettext_lazy("The head's answer"), endorsement_answered, own_application, Rhythm.AT_ONCE, hers),
        ("application-stage", gettext_lazy("My application goes on"), next_stage, own_applications, Rhythm.DAILY, applied_to),
        # The letter of the decision itself is sent to everybody
        ("application-decided", gettext_lazy("Decisions on my applications"), decided, own_applications, Rhythm.NEVER, applied_to),
    )
]
