"""Programmes and what they ask, kept by administrators."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.actions import record
from portal.models import User

from .. import search
from ..evaluate import flaws, grow
from ..models import Programme, ProgrammeVersion, Requirement, Rubric
from ..moves import move


class Flawed(Exception):
    """Nobody could complete it. `codes` are the requirements at fault; none of them: it asks nothing at all."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


def permit_administrator(actor: User | None) -> None:
    """Without an actor it is the portal itself: the demo, a command."""
    if actor and not actor.is_administrator:
        raise PermissionDenied


@transaction.atomic
def found_programme(actor: User | None, *, code: str, **fields) -> Programme:
    permit_administrator(actor)
    programme = Programme.objects.create(code=code, **fields)
    record(actor, "found programme", programme.ref, after={"code": code})
    return programme


@transaction.atomic
def start_version(actor: User | None, programme: Programme, *, hours: int) -> ProgrammeVersion:
    """The next number of the programme; what it asks is written while it is a draft."""
    permit_administrator(actor)
    Programme.objects.filter(pk=programme.pk).update(code=F("code"))
    last = programme.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = ProgrammeVersion.objects.create(programme=programme, number=last + 1, hours=hours, created_at=timezone.now())
    record(actor, "start version", version.ref, after={"number": version.number})
    return version


@transaction.atomic
def put_requirements(actor: User | None, version: ProgrammeVersion, tree: dict) -> None:
    """The whole tree in place of the one before. A node is `{"code", "kind", "name_kk", …, "children": […]}`."""
    hold_draft(actor, version)
    version.requirements.all().delete()
    put_node(version, tree, None, 0)
    record(actor, "change requirements", version.ref)


def put_node(version: ProgrammeVersion, node: dict, parent: Requirement | None, position: int) -> None:
    fields = {name: value for name, value in node.items() if name != "children"}
    row = Requirement.objects.create(version=version, parent=parent, position=position, **fields)
    for place, child in enumerate(node.get("children", ())):
        put_node(version, child, row, place)


@transaction.atomic
def put_rubric(actor: User | None, version: ProgrammeVersion, *, code: str, criteria: list[dict], **names) -> Rubric:
    hold_draft(actor, version)
    version.rubrics.filter(code=code).delete()
    rubric = Rubric.objects.create(version=version, code=code, **names)
    for place, fields in enumerate(criteria):
        rubric.criteria.create(position=place, **fields)
    record(actor, "change rubric", version.ref, after={"code": code})
    return rubric


def hold_draft(actor: User | None, version: ProgrammeVersion) -> None:
    """What a cohort stands on is changed by nobody."""
    permit_administrator(actor)
    if not ProgrammeVersion.objects.filter(pk=version.pk, state=ProgrammeVersion.State.DRAFT).update(hours=F("hours")):
        raise PermissionDenied


@transaction.atomic
def freeze_version(actor: User | None, version: ProgrammeVersion) -> None:
    """Raise Flawed where what it asks cannot be met."""
    tree = grow(version.requirements.all())
    wrong = list(flaws(tree)) if tree else []
    if wrong or not tree:
        raise Flawed(wrong)
    move(version, ProgrammeVersion.State.FROZEN, actor=actor)
    search.index_programmes([version.programme_id])
