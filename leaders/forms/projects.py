"""The change project: what is to change, by which numbers, in which steps."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.files import ACCEPT
from portal.models import User

from ..models import ChangeProject, Evidence, Indicator, Milestone, Story
from .dates import DayField

PROBLEM_LETTERS, STORY_LETTERS, STEP_LETTERS = 10_000, 20_000, 5000


def writing(label, letters: int, rows: int, **options) -> forms.CharField:
    """A field that says its length cuts what is pasted without a word; this one says so."""
    return forms.CharField(label=label, validators=[MaxLengthValidator(letters)], widget=forms.Textarea(attrs={"rows": rows}), **options)


class NumberField(forms.DecimalField):
    """With a comma or a full stop, as the language writes it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs):
        super().__init__(max_digits=12, decimal_places=2, localize=True, **kwargs)

    def prepare_value(self, value):
        return value.normalize() if isinstance(value, Decimal) else value


class ProjectForm(forms.ModelForm):
    problem = writing(
        _("The problem"),
        PROBLEM_LETTERS,
        8,
        required=False,
        help_text=_("What does not work yet, for whom, and how do you know? Without names of pupils."),
    )

    class Meta:
        model = ChangeProject
        fields = ["title", "problem", "language"]
        widgets = {"language": forms.RadioSelect}
        labels = {"title": _("What is to change, in one line"), "language": _("Language of the text")}

    def _post_clean(self):
        """The action writes it."""


class IndicatorForm(forms.Form):
    name = forms.CharField(
        label=_("By what is it seen?"), max_length=200, help_text=_("One thing that can be counted: “pupils who explain their solution”.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("%, lessons, points …"))
    better = forms.ChoiceField(label=_("Which way is better?"), choices=Indicator.Better, widget=forms.RadioSelect)
    baseline_value = NumberField(label=_("Where it begins: the number"))
    baseline_on = DayField(label=_("Measured on"))
    baseline_source = forms.CharField(
        label=_("Where the number comes from"), max_length=300, help_text=_("Lesson observation, survey, register …")
    )
    target_value = NumberField(label=_("The target: the number"))
    target_on = DayField(label=_("To be reached until"))

    def clean(self):
        cleaned = super().clean()
        begins, aims = cleaned.get("baseline_on"), cleaned.get("target_on")
        if begins and aims and aims <= begins:
            self.add_error("target_on", _("The target lies before the beginning."))
        if begins and begins > timezone.localdate():
            self.add_error("baseline_on", _("This day is still to come."))
        return cleaned

    @property
    def facts(self) -> dict:
        """As the action takes them."""
        data = self.cleaned_data
        baseline = {"value": data["baseline_value"], "on": data["baseline_on"], "source": data["baseline_source"]}
        named = {name: data[name] for name in ("name", "unit", "better")}
        return {**named, "baseline": baseline, "target": {"value": data["target_value"], "on": data["target_on"]}}


class ResultForm(forms.Form):
    value = NumberField(label=_("The number"))
    on = DayField(label=_("Measured on"))
    source = forms.CharField(label=_("Where the number comes from"), max_length=300)

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return self.cleaned_data["on"]


class MilestoneForm(forms.ModelForm):
    text = writing(_("What was done, and what it has brought"), STEP_LETTERS, 6, required=False)
    due_on = DayField(label=_("To be done until"), required=False)

    class Meta:
        model = Milestone
        fields = ["title", "due_on", "text"]
        labels = {"title": pgettext_lazy("of a milestone", "Milestone")}

    def _post_clean(self):
        """The action writes it."""


class DescriptionForm(forms.Form):
    """Of evidence."""

    caption = forms.CharField(label=_("What is seen here?"), max_length=300, required=False)
    faces = forms.ChoiceField(label=_("Pupils in it"), choices=Evidence.Faces, widget=forms.RadioSelect)


class EvidenceForm(DescriptionForm):
    file = forms.FileField(label=_("Evidence"), widget=forms.FileInput(attrs={"accept": ACCEPT}))

    field_order = ["file", "caption", "faces"]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", pgettext_lazy("a milestone", "accept")), ("return", pgettext_lazy("a milestone", "return"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("A word about it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever returns a milestone says what is missing."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == "return" and not cleaned.get("reason"):
            self.add_error("reason", _("Say what is missing."))
        return cleaned


class ColleagueChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


class MemberForm(forms.Form):
    colleague = ColleagueChoice(User.objects.none(), label=_("A colleague of the school"))

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues


class StoryForm(forms.ModelForm):
    text = writing(
        _("The story"),
        STORY_LETTERS,
        14,
        help_text=_("How it was, what you did, what has changed, what you would do otherwise. Without names of pupils."),
    )

    class Meta:
        model = Story
        fields = ["title", "text", "language"]
        widgets = {"language": forms.RadioSelect}
        labels = {"title": _("Title"), "language": _("Language of the text")}

    def _post_clean(self):
        """The action writes it."""
