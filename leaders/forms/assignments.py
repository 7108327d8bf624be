"""Asking for work, handing it in, assessing it."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.forms.topics import KeyField

from ..models import Assignment, Cohort, Enrolment, ExternalResult, Requirement
from .dates import DayField, MomentField
from .files import FilesField

WORK_LETTERS = 20_000
MOST_POINTS = 1000


class AssignmentForm(forms.ModelForm):
    opens_at = MomentField(label=_("Work is taken from"), required=False)
    due_at = MomentField(label=_("To be handed in until"))
    text = forms.CharField(
        label=_("What is to be done"), validators=[MaxLengthValidator(WORK_LETTERS)], widget=forms.Textarea(attrs={"rows": 10})
    )

    class Meta:
        model = Assignment
        fields = ["title", "text", "language", "requirement", "opens_at", "due_at", "rubric", "max_points", "pass_points"]
        widgets = {"language": forms.RadioSelect}
        labels = {
            "title": _("Title"),
            "language": _("Language of the text"),
            "requirement": _("Requirement of the programme that it meets"),
            "rubric": _("Criteria"),
            "max_points": _("Points at most"),
            "pass_points": _("Points that are enough"),
        }
        help_texts = {"max_points": _("With criteria it is the sum of their points, whatever stands here.")}

    def __init__(self, *args, cohort: Cohort, is_measured: bool = False, **kwargs):
        """`is_measured`: people have handed in already, so by what it is measured stays."""
        super().__init__(*args, **kwargs)
        taken = cohort.assignments.exclude(pk=self.instance.pk).exclude(requirement=None).values("requirement")
        leaves = Requirement.objects.filter(version=cohort.version_id, kind=Requirement.Kind.ASSIGNMENT).exclude(pk__in=taken)
        self.fields["requirement"].queryset = leaves
        self.fields["requirement"].empty_label = _("none: it is an exercise")
        self.fields["rubric"].queryset = cohort.version.rubrics.all()
        self.fields["rubric"].empty_label = _("no criteria, points only")
        if is_measured:
            for name in Assignment.MEASURE:
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        opens, due = cleaned.get("opens_at"), cleaned.get("due_at")
        if opens and due and opens >= due:
            self.add_error("due_at", _("The end lies before the beginning."))
        if "pass_points" in cleaned and cleaned["pass_points"] > self.points_of(cleaned):
            self.add_error("pass_points", _("Nobody could reach so many points."))
        return cleaned

    def points_of(self, cleaned: dict) -> int:
        rubric = cleaned.get("rubric")
        return sum(rubric.criteria.values_list("max_points", flat=True)) if rubric else cleaned.get("max_points") or MOST_POINTS

    def _post_clean(self):
        """Nothing is written onto the assignment here: the action compares what stands with what was sent."""


class WorkForm(forms.Form):
    text = forms.CharField(
        label=_("My work"), required=False, validators=[MaxLengthValidator(WORK_LETTERS)], widget=forms.Textarea(attrs={"rows": 12})
    )
    file = FilesField(label=_("Add files"), help_text=_("Names and faces of pupils do not belong into a work."))
    key = KeyField()

    def __init__(self, *args, initial: dict | None = None, **kwargs):
        super().__init__(*args, initial={"key": uuid.uuid4()} | (initial or {}), **kwargs)

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()


class AssessmentForm(forms.Form):
    """Points for each criterion, or points alone where there are none; and what is said to the work."""

    feedback = forms.CharField(
        label=_("Feedback"),
        validators=[MaxLengthValidator(WORK_LETTERS)],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is good, what is missing, what would help."),
    )

    def __init__(self, *args, assignment: Assignment, criteria: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        measures = {f"criterion-{row.pk}": (row.name, row.max_points) for row in criteria}
        for name, (label, most) in (measures or {"points": (pgettext_lazy("of a work", "Points"), assignment.max_points)}).items():
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=most, help_text=f"0–{most}")
        self.order_fields([*(name for name in self.fields if name != "feedback"), "feedback"])

    @property
    def marks(self) -> dict:
        """As the action takes them."""
        data = self.cleaned_data
        if not self.criteria:
            return {"points": data["points"], "feedback": data["feedback"]}
        return {"scores": {row.pk: data[f"criterion-{row.pk}"] for row in self.criteria}, "feedback": data["feedback"]}


class ParticipantChoice(forms.ModelChoiceField):
    def label_from_instance(self, enrolment: Enrolment) -> str:
        return enrolment.user.get_full_name() if enrolment.user else str(enrolment.pk)


class ExtensionForm(forms.Form):
    enrolment = ParticipantChoice(Enrolment.objects.none(), label=_("Participant"))
    due_at = MomentField(label=_("To be handed in until"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, assignment: Assignment, **kwargs):
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.fields["enrolment"].queryset = assignment.cohort.enrolments.seated().select_related("user").order_by("user__sort_key", "pk")

    def clean_due_at(self):
        due = self.cleaned_data["due_at"]
        if due <= self.assignment.due_at:
            raise ValidationError(_("That is no more time than everybody has."))
        return due


class ExternalResultForm(forms.ModelForm):
    assessed_on = DayField(label=_("Day of the assessment"))
    passed = forms.TypedChoiceField(
        label=_("Result"),
        coerce=lambda value: value == "yes",
        choices=[("yes", pgettext_lazy("an assessment", "passed")), ("no", pgettext_lazy("an assessment", "not passed"))],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ExternalResult
        fields = ["requirement", "passed", "points", "assessor", "assessed_on"]
        labels = {
            "requirement": _("What was assessed"),
            "points": pgettext_lazy("of a work", "Points"),
            "assessor": _("Who assessed it"),
        }
        help_texts = {"assessor": _("The organisation, and the number of its document.")}

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requirement"].queryset = Requirement.objects.filter(version=cohort.version_id, kind=Requirement.Kind.EXTERNAL)

    def clean_assessed_on(self):
        if self.cleaned_data["assessed_on"] > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return self.cleaned_data["assessed_on"]

    def _post_clean(self):
        """The action writes it."""
