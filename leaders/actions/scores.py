"""Results of stages: from reviews, typed in, or from a spreadsheet."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.actions import record
from portal.imports.sheets import Line, read_lines
from portal.models import User

from ..models import Application, ScoreImport, Stage, StageResult
from ..moves import move
from .stages import permit_selecting

COLUMNS = ("application", "score")
BATCH = 500
PLACES = Decimal("0.01")


class WrongColumns(Exception):
    """The first line does not name them."""


class Outdated(Exception):
    """Between reading and writing some of these applications have left the stage."""


def put_result(application: Application, stage: Stage, score: Decimal, *, source: str, by: User | None) -> None:
    values = {"score": score, "source": source, "by": by, "at": timezone.now()}
    StageResult.objects.update_or_create(application=application, stage=stage, defaults=values)
    Application.objects.filter(pk=application.pk).update(score=share(score, stage))


def share(score: Decimal, stage: Stage) -> Decimal:
    """Of a hundred: what orders applications whatever the stage they have come to."""
    return (score * 100 / stage.max_score).quantize(PLACES, ROUND_HALF_UP)


@transaction.atomic
def put_score(actor: User, application: Application, score: Decimal) -> None:
    """Of the stage in which it is, typed in by a manager; what reviewers have to say is theirs."""
    permit_selecting(actor, application.cohort)
    application = Application.objects.select_related("stage").get(pk=application.pk)
    stage = application.stage
    scored = application.state == Application.State.SELECTION and stage and stage.kind != Stage.Kind.REVIEW
    if not scored or not 0 <= score <= stage.max_score:
        raise PermissionDenied
    put_result(application, stage, score, source=StageResult.Source.ENTRY, by=actor)
    record(actor, "enter score", application.ref, after={"stage": stage.pk, "score": str(score)})


@transaction.atomic
def read_scores(actor: User, stage: Stage, *, name: str, data: bytes) -> ScoreImport:
    """Nothing is written yet. Raise ValidationError where it is no spreadsheet, WrongColumns where it is another one."""
    permit_selecting(actor, stage.cohort)
    rows, errors = Reader(stage).read(data)
    return ScoreImport.objects.create(stage=stage, by=actor, name=name[:255], rows=rows, errors=errors)


class Reader:
    """Line by line: a number of an application that is in this stage, and what it has reached. Without a score a line is passed over."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.known = set(Application.objects.filter(cohort=stage.cohort_id).sent().values_list("pk", flat=True))
        self.here = set(in_stage(stage).values_list("pk", flat=True))
        self.seen = set()

    def read(self, data: bytes) -> tuple[list, list]:
        rows, errors = [], []
        lines = read_lines(data)
        header = [cell.casefold() for cell in next(lines, Line(1)).cells]
        if any(header.count(column) != 1 for column in COLUMNS):
            raise WrongColumns
        places = [header.index(column) for column in COLUMNS]
        for line in lines:
            number, score = ("", "") if line.fault else (line.cells[place] for place in places)
            if not line.fault and not score:
                continue
            if fault := "unreadable" if line.fault else self.fault_of(number, score):
                errors.append([line.number, fault])
            else:
                rows.append([int(number), str(as_score(score))])
        return rows, errors

    def fault_of(self, number: str, score: str) -> str:
        """A code only: what stood in the cell may be about a person."""
        if not (number.isascii() and number.isdigit() and len(number) < 19) or int(number) not in self.known:
            return "unknown"
        if int(number) not in self.here:
            return "elsewhere"
        if int(number) in self.seen:
            return "twice"
        self.seen.add(int(number))
        points = as_score(score)
        if points is None:
            return "no-number"
        return "" if 0 <= points <= self.stage.max_score else "out-of-range"


def as_score(text: str) -> Decimal | None:
    """With a point or a comma, as tables are written here."""
    try:
        points = Decimal(text.replace(",", "."))
        return points.quantize(PLACES, ROUND_HALF_UP) if points.is_finite() else None
    except InvalidOperation:
        return None


def in_stage(stage: Stage):
    return Application.objects.filter(cohort=stage.cohort_id, state=Application.State.SELECTION, stage=stage)


@transaction.atomic
def write_scores(actor: User, scores: ScoreImport) -> int:
    """All of them, or none: a list with a wrong line is not written, nor one of which somebody has gone on meanwhile."""
    stage = scores.stage
    permit_selecting(actor, stage.cohort)
    if scores.errors or not scores.rows:
        raise PermissionDenied
    move(scores, ScoreImport.State.WRITTEN, actor=actor, noted={"rows": len(scores.rows)})
    points = {pk: Decimal(text) for pk, text in scores.rows}
    if not points.keys() <= set(in_stage(stage).values_list("pk", flat=True)):
        raise Outdated
    now = timezone.now()
    results = [StageResult(application_id=pk, stage=stage, score=score, source="import", by=actor, at=now) for pk, score in points.items()]
    StageResult.objects.bulk_create(
        results,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["application", "stage"],
        update_fields=["score", "source", "by", "at"],
    )
    put_shares(points, stage)
    return len(results)


def put_shares(points: dict[int, Decimal], stage: Stage) -> None:
    """One statement for all that have the same: a list of thousands holds a hundred different scores."""
    alike = defaultdict(list)
    for pk, score in points.items():
        alike[share(score, stage)].append(pk)
    for score, pks in alike.items():
        for first in range(0, len(pks), BATCH):
            Application.objects.filter(pk__in=pks[first : first + BATCH]).update(score=score)


@transaction.atomic
def drop_scores(actor: User, scores: ScoreImport) -> None:
    permit_selecting(actor, scores.stage.cohort)
    move(scores, ScoreImport.State.DROPPED, actor=actor)
