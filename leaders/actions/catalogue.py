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
def change_programme(actor: User | None, programme: Programme, *, is_retired: bool = False, **fields) -> Programme:
    """Its name in three languages, its level, and whether cohorts of it are still founded."""
    permit_administrator(actor)
    stored = Programme.objects.get(pk=programme.pk)
    changed = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    if bool(stored.retired_at) != is_retired:
        changed["retired_at"] = timezone.now() if is_retired else None
    if changed:
        before = {name: str(getattr(stored, name) or "") for name in changed}
        for name, value in changed.items():
            setattr(stored, name, value)
        stored.save(update_fields=changed)
        record(actor, "change programme", stored.ref, before=before, after={name: str(value or "") for name, value in changed.items()})
        search.index_catalogue(stored)
    return stored


@transaction.atomic
def start_version(actor: User | None, programme: Programme, *, hours: int) -> ProgrammeVersion:
    """The next number of the programme. It begins with what the one before requires, and is written while it is a draft."""
    permit_administrator(actor)
    Programme.objects.filter(pk=programme.pk).update(code=F("code"))
    last = programme.versions.order_by("-number").first()
    number = last.number + 1 if last else 1
    version = ProgrammeVersion.objects.create(programme=programme, number=number, hours=hours, created_at=timezone.now())
    record(actor, "start version", version.ref, after={"number": version.number})
    if last:
        copy_requirements(last, version)
        copy_rubrics(last, version)
    return version


def copy_requirements(last: ProgrammeVersion, version: ProgrammeVersion) -> None:
    copies = {}
    # Those above come first, so that each finds its own.
    waiting = list(last.requirements.all())
    while waiting:
        row = next(row for row in waiting if row.parent_id is None or row.parent_id in copies)
        waiting.remove(row)
        known, row.pk, row._state.adding = row.pk, None, True
        row.version, row.parent = version, copies.get(row.parent_id)
        row.save()
        copies[known] = row


def copy_rubrics(last: ProgrammeVersion, version: ProgrammeVersion) -> None:
    for rubric in last.rubrics.prefetch_related("criteria"):
        criteria = list(rubric.criteria.all())
        rubric.pk, rubric.version, rubric._state.adding = None, version, True
        rubric.save()
        for criterion in criteria:
            criterion.pk, criterion.rubric, criterion._state.adding = None, rubric, True
            criterion.save()


@transaction.atomic
def change_version(actor: User | None, version: ProgrammeVersion, *, hours: int, tree: dict) -> None:
    """Of a draft."""
    hold_draft(actor, version)
    ProgrammeVersion.objects.filter(pk=version.pk).update(hours=hours)
    put_requirements(actor, version, tree)


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
    rubric, _made = Rubric.objects.update_or_create(version=version, code=code, defaults=names)
    rubric.criteria.all().delete()
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


@transaction.atomic
def retire_version(actor: User | None, version: ProgrammeVersion) -> None:
    """Cohorts that stand on it go on; new ones are founded on another."""
    permit_administrator(actor)
    move(version, ProgrammeVersion.State.RETIRED, actor=actor)
    search.index_programmes([version.programme_id])
