"""Groups that nobody founds: one for each subject in each language that it is taught in, one for each school that somebody works at."""

from django.db import transaction
from django.utils.translation import gettext, override

from portal.actions import record
from portal.models import Act, Position, School, Subject, User

from .. import search
from ..models import Exclusion, Group, Membership
from .membership import LEFT, hold_members, put_member, take_out

SPOKEN = ("kk", "ru")
# Whose teachers speak it with each other
SPOKEN_BESIDES = {"english": ("en",)}
NAMES = ("name_kk", "name_ru", "name_en")


@transaction.atomic
def put_subject_groups() -> None:
    """Repeating it changes nothing; what an owner has written since stays."""
    for subject in Subject.objects.all():
        for language in (*SPOKEN, *SPOKEN_BESIDES.get(subject.code, ())):
            put_subject_group(subject, language)


def put_subject_group(subject: Subject, language: str) -> None:
    with override(language):
        name = subject.name[:120]
        purpose = gettext("Teachers of the subject “%(subject)s” ask, answer and share what works in their lessons.") % {"subject": name}
    words = {f"name_{language}": name, f"purpose_{language}": purpose}
    group, made = Group.objects.get_or_create(subject=subject, language=language, origin=Group.Origin.SUBJECT, defaults=words)
    if made:
        search.index_group(group)


@transaction.atomic
def follow_positions(user: User) -> None:
    """Whoever is confirmed at a school is in its group; whose place there has ended or is confirmed no longer is not.

    Who has left it by herself is not brought back.
    """
    current = user.current_positions
    for school in {held.school for held in current if held.school.state == School.State.LISTED}:
        group = put_school_group(school)
        if any(held.confirmed_at for held in current if held.school_id == school.pk):
            bring_in(user, group)
    take_out_of_former_schools(user, [held.school_id for held in current if held.confirmed_at])


def put_school_groups() -> None:
    """Of places of work that were there before the groups were."""
    current = Position.objects.current().filter(school__state=School.State.LISTED)
    without = current.exclude(school__in=Group.objects.filter(origin=Group.Origin.SCHOOL).values("school"))
    for user in User.objects.in_bulk(set(without.values_list("user", flat=True))).values():
        follow_positions(user)


def put_school_group(school: School) -> Group:
    names = {name: getattr(school, name)[:120] for name in NAMES}
    # Names of schools are longer than those of groups may be; each language that has a name has a purpose.
    purposes = {name.replace("name", "purpose"): purpose_of_school(name[-2:]) for name in NAMES if names[name]}
    made_with = {**names, **purposes, "access": Group.Access.REQUEST, "region_id": school.region_id}
    group, made = Group.objects.get_or_create(school=school, origin=Group.Origin.SCHOOL, defaults=made_with)
    if made:
        search.index_group(group)
    return group


def purpose_of_school(language: str) -> str:
    with override(language):
        return gettext("Colleagues of this school talk among themselves here.")


def bring_in(user: User, group: Group) -> None:
    has_left = Act.objects.filter(source="groups", object_id=group.pk, actor=user, verb=LEFT).exists()
    if has_left or Exclusion.objects.filter(group=group, user=user).exists():
        return
    if put_member(hold_members(group), user):
        record(None, "enter school group", group.ref, after={"person": user.pk})


def take_out_of_former_schools(user: User, schools: list[int]) -> None:
    worked_at = Position.objects.filter(user=user).exclude(school__in=schools).values("school")
    left = Membership.objects.filter(user=user, group__origin=Group.Origin.SCHOOL, group__school__in=worked_at)
    for membership in left.select_related("group"):
        hold_members(membership.group)
        take_out(membership)
        record(None, "leave school group", membership.group.ref, after={"person": user.pk})
