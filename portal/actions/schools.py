"""Schools, their networks, proposals of missing ones."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from .. import search
from ..models import School, SchoolNetwork, User
from ..models.vocabulary import names_of
from ..notices import tell
from ..refs import Ref
from .acts import record, record_change, stored_fields
from .codes import refuse_merged_code, save_coded
from .people import stand_in_line


@transaction.atomic
def propose_school(user: User, *, name: str, region, locality: str = "") -> School:
    """A school that is missing from the list; only its proposer and administrators see it until it is accepted. Proposed once."""
    stand_in_line(user)
    school, proposed = School.objects.get_or_create(
        name_kk=name,
        region=region,
        locality=locality,
        state=School.State.PROPOSED,
        proposed_by=user,
        defaults={"code": f"{School.PROPOSED_CODE}{get_random_string(12)}"},
    )
    if proposed:
        record(user, "propose", Ref("schools", school.pk))
    return school


@transaction.atomic
def put_school(school: School, *, networks: Iterable | None = None, actor: User | None = None) -> None:
    """Save a school and make it findable while typing. `networks`, when given, are all that it belongs to now."""
    before = stored_fields(school)
    if before.get("code") != school.code:
        refuse_merged_code(school)
    refuse_proposed_code(school)
    save_coded(school)
    if networks is not None:
        set_networks({school.pk: {network.pk for network in networks}})
    search.index_schools([school])
    record_change(actor, Ref("schools", school.pk), before, school)
    if before.get("state") == School.State.PROPOSED and school.state == School.State.LISTED:
        search.index_people(school.positions.current().values_list("user", flat=True))
        tell_proposer(school, "school-accepted", actor=actor)


def refuse_proposed_code(school: School) -> None:
    """Lists of schools find a row by its code: a school that is in the list has one that they can name."""
    if school.state in (School.State.LISTED, School.State.CLOSED) and school.code.startswith(School.PROPOSED_CODE):
        raise ValidationError({"code": _("Give the school a code of its own: the code of a proposal is in no list of schools.")})


def tell_proposer(proposal: School, kind: str, *, actor: User | None, school: School | None = None, reason: str = "") -> None:
    school = school or proposal
    data = {"school": names_of(school), "proposed": proposal.name_kk, "reason": reason}
    tell([proposal.proposed_by], kind, Ref("schools", school.pk), actor=actor, data=data)


def current_networks(schools: Iterable[int]) -> dict[int, frozenset[int]]:
    """The networks each of these schools belongs to now, by their ids."""
    networks = {school: set() for school in schools}
    for school, network in SchoolNetwork.objects.filter(school__in=networks, until=None).values_list("school", "network"):
        networks[school].add(network)
    return {school: frozenset(members) for school, members in networks.items()}


def set_networks(wanted: Mapping[int, Iterable[int]]) -> None:
    """What a school has left ends today, what it has joined begins; history stays."""
    joined = []
    for school, networks in current_networks(wanted).items():
        if left := networks - set(wanted[school]):
            SchoolNetwork.objects.filter(school=school, network__in=left, until=None).update(until=timezone.localdate())
        joined += [SchoolNetwork(school_id=school, network_id=network) for network in set(wanted[school]) - networks]
    SchoolNetwork.objects.bulk_create(joined)
