from typing import Any

from ..models import Curriculum, Grade, Objective, Subject
from .columns import Choice, Column, Flag, Number, Reference, unknown
from .importer import Importer


class ObjectiveImporter(Importer):
    """A code is an objective's own only within its curriculum, subject and language of instruction."""

    model = Objective
    key = ("curriculum_id", "subject_id", "instruction", "code")
    columns = (
        Reference("curriculum", model=Curriculum, required=True),
        Reference("subject", model=Subject, required=True),
        Number("grade", "grade_id", required=True),
        Choice("instruction", choices=Objective.Instruction.values),
        Column("code", required=True),
        Column("text_kk", required=True),
        Column("text_ru"),
        Flag("sample", "is_sample"),
    )

    def learn(self) -> None:
        super().learn()
        self.grades = set(Grade.objects.values_list("pk", flat=True))
        self.codes = {column.field: column.codes for column in self.columns if isinstance(column, Reference)}

    def faults(self, values: dict[str, Any], texts: dict[str, str]) -> list[str]:
        missing = "grade_id" in values and values["grade_id"] not in self.grades
        return [*([unknown("grade", texts["grade"])] if missing else []), *super().faults(values, texts)]

    def merged_code(self, values: dict[str, Any]) -> str:
        named = [self.codes[name][values[name]] for name in ("curriculum_id", "subject_id")]
        return "/".join((*named, values.get("instruction", ""), values["code"]))

    def code_of(self, values: dict[str, Any]) -> str:
        """Short, but enough for a person to tell it from the same code in another subject."""
        return f"{self.codes['subject_id'][values['subject_id']]} {values['code']}"

    def name_of(self, values: dict[str, Any]) -> str:
        return values.get("text_kk", "")

    def scope(self, values: dict[str, Any]) -> tuple:
        return values["curriculum_id"], values["subject_id"]
