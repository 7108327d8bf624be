"""The community group of a cohort. It is there from the first seat that is taken on, and follows seats and roles."""

from django.db import transaction
from django.utils.translation import gettext, override

from community import actions as community
from community.models import Membership

from ..models import Cohort, CohortRole, Enrolment
from ..querysets.roles import SEATED

LONGEST_NAME = 120
OVER = (Cohort.State.ARCHIVED, Cohort.State.CANCELLED)
AS = {
    CohortRole.Name.MANAGER: Membership.Role.OWNER,
    CohortRole.Name.TRAINER: Membership.Role.STEWARD,
    CohortRole.Name.MENTOR: Membership.Role.STEWARD,
}
# Whoever has several roles comes in by the highest
RANKS = [Membership.Role.MEMBER, Membership.Role.STEWARD, Membership.Role.OWNER]


@transaction.atomic
def sync_group(cohort: Cohort) -> None:
    """Part of every change of a seat (`seats.fill_seats`) and of a role."""
    people = members_of(cohort)
    cohort = Cohort.objects.select_related("group").get(pk=cohort.pk)
    if cohort.group is None:
        if not holders(cohort).exists():
            return
        cohort.group = community.found_cohort_group(words_of(cohort))
        Cohort.objects.filter(pk=cohort.pk).update(group=cohort.group)
    community.follow_cohort(cohort.group, people)
    if cohort.state in OVER:
        community.close_cohort_group(cohort.group)


def members_of(cohort: Cohort) -> dict[int, str]:
    people = dict.fromkeys(holders(cohort).values_list("user", flat=True), Membership.Role.MEMBER)
    for user, name in cohort.roles.current().values_list("user", "name"):
        role = AS.get(name, Membership.Role.MEMBER)
        people[user] = max(people.get(user, role), role, key=RANKS.index)
    return people


def holders(cohort: Cohort):
    return Enrolment.objects.filter(cohort=cohort, state__in=SEATED).exclude(user=None).order_by()


def words_of(cohort: Cohort) -> dict[str, str]:
    """Its names, and for each of them what the group is for."""
    words = names_for_group(cohort)
    for name in list(words):
        if words[name]:
            with override(name[-2:]):
                words[name.replace("name", "purpose")] = gettext("Participants and team of the cohort talk among themselves here.")
    return words


def names_for_group(cohort: Cohort) -> dict[str, str]:
    return {name: getattr(cohort, name)[:LONGEST_NAME] for name in ("name_kk", "name_ru", "name_en")}
