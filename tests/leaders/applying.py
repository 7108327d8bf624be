"""What stands around applications in the small portal of tests/world.py."""

from io import BytesIO

from django.db import models

from leaders import actions
from leaders.demo import make_application, make_cohort, make_cohort_role
from leaders.demo.selection import make_endorsement, make_question, make_stage
from leaders.letters import token_of
from leaders.models import Application, Cohort, Endorsement, Review, ScoreImport, SelectionRun
from portal.models import User

from ..portal.sample_files import make_pdf


def make_applying(people: dict[str, User], cohort: Cohort) -> dict[str, dict]:
    """`member` has sent an application to the cohort that takes them, `unverified` writes one. In another cohort `coordinator` has to
    read what `member` wants there; its test is over and its scores wait to be written."""
    file = make_question(cohort, "file", required=False)
    draft = make_application(people["unverified"], cohort, state="draft")
    actions.attach_file(people["unverified"], draft, file, BytesIO(make_pdf()), name="диплом.pdf")
    selection = make_cohort(cohort.version, manager=people["owner"])
    make_cohort_role(selection, people["coordinator"], "examiner")
    question, test, reading = make_question(selection, required=False), make_stage(selection, "test"), make_stage(selection)
    read = make_application(people["member"], selection, state="selection", stage=reading)
    actions.move_cohort(people["owner"], selection, "selection")
    rows = {
        "application": people["member"].applications.get(cohort=cohort),
        "draft-application": draft,
        "endorsement": make_endorsement(draft, state="asked"),
        "selection-cohort": selection,
        "question": question,
        "test-stage": test,
        "review-stage": reading,
        "read-application": read,
        "review": Review.objects.create(application=read, stage=reading, reviewer=people["coordinator"]),
        "selection-run": SelectionRun.objects.create(cohort=selection, stage=test, by=people["owner"], chosen=[read.pk]),
        "scores": ScoreImport.objects.create(stage=test, by=people["owner"], name="тест.xlsx"),
    }
    return {name: arguments_of(row) for name, row in rows.items()}


def arguments_of(row: models.Model) -> dict:
    """What can be asked of it by the addresses that name it."""
    file = row.files.first() if hasattr(row, "files") else None
    token = {"token": token_of(row)} if isinstance(row, Endorsement) else {}
    asked = {"question_pk": file.question_id} if isinstance(row, Application) and file else {}
    return {"pk": row.pk, "file_pk": file.file_id if file else 0, **asked, **token}
