"""What managers and reviewers fill in."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.html import escape
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..models import Application, Cohort, Criterion, DecisionWords, Question, Review, Rubric, Stage
from .dates import DayField

NAMES = ["name_kk", "name_ru", "name_en"]
CHOICES_AT_MOST = 30


class PartForm(forms.ModelForm):
    """A question or a stage of a cohort."""

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        for name in self.fields:
            if name[-3:] in ("_kk", "_ru", "_en"):
                self.fields[name].widget.attrs["lang"] = name[-2:]


class QuestionForm(PartForm):
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One in each line; its Russian and its English words may follow after a vertical bar: Иә | Да | Yes"),
    )

    class Meta:
        model = Question
        fields = ["position", "kind", *NAMES, "hint_kk", "hint_ru", "hint_en", "required", "max_letters"]
        labels = {
            "position": pgettext_lazy("in a list", "Number"),
            "kind": _("How it is answered"),
            "name_kk": _("The question in Kazakh"),
            "name_ru": _("The question in Russian"),
            "name_en": _("The question in English"),
            "hint_kk": _("Hint in Kazakh"),
            "hint_ru": _("Hint in Russian"),
            "hint_en": _("Hint in English"),
            "required": _("An application without this answer cannot be sent"),
            "max_letters": _("Letters at most"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["options"].initial = "\n".join(
            " | ".join(filter(None, (option.get(code, "") for code in ("kk", "ru", "en")))) for option in self.instance.choices
        )

    def clean(self):
        cleaned = super().clean()
        lines = [line for line in map(str.strip, cleaned.get("options", "").splitlines()) if line]
        if cleaned.get("kind") == Question.Kind.CHOICE and not 2 <= len(lines) <= CHOICES_AT_MOST:
            self.add_error("options", _("Write at least two answers, each in a line of its own."))
        self.instance.choices = [option(number, line) for number, line in enumerate(lines, start=1)]
        return cleaned


def option(number: int, line: str) -> dict[str, str]:
    words = [word.strip() for word in line.split("|")]
    return {"code": str(number)} | {code: word for code, word in zip(("kk", "ru", "en"), words, strict=False) if word}


class StageForm(PartForm):
    class Meta:
        model = Stage
        fields = ["position", "kind", *NAMES, "opens_on", "closes_on", "rubric", "max_score", "pass_score"]
        labels = {
            "position": pgettext_lazy("in a list", "Number"),
            "kind": _("What happens in it"),
            "opens_on": _("First day"),
            "closes_on": _("Last day"),
            "rubric": _("Criteria of the reviews"),
            "max_score": _("Highest score"),
            "pass_score": _("Score with which an application goes on"),
        }
        field_classes = {"opens_on": DayField, "closes_on": DayField}
        help_texts = {"max_score": _("Of reviews it is the sum of the criteria.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rubric"].queryset = Rubric.objects.filter(version=self.cohort.version_id)
        self.fields["rubric"].empty_label = _("none in particular")
        self.fields["max_score"].required = False

    def clean_position(self):
        position = self.cleaned_data["position"]
        if self.cohort.stages.filter(position=position).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another stage has this number."))
        return position

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Stage.Kind.REVIEW:
            self.take_highest_of_criteria(cleaned)
        elif not cleaned.get("max_score") and not self.has_error("max_score"):
            self.add_error("max_score", _("Say what the highest score is."))
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is before the first one."))
        highest, enough = cleaned.get("max_score"), cleaned.get("pass_score")
        if highest and enough is not None and not 0 <= enough <= highest:
            self.add_error("pass_score", _("It lies between 0 and the highest score."))
        return cleaned

    def take_highest_of_criteria(self, cleaned: dict) -> None:
        rubric = cleaned.get("rubric")
        if not rubric:
            self.add_error("rubric", _("Choose the criteria by which the reviewers read."))
            return
        cleaned["max_score"] = rubric.criteria.aggregate(sum=Sum("max_points"))["sum"] or None
        if not cleaned["max_score"]:
            self.add_error("rubric", _("These criteria give no points."))

    def _post_clean(self):
        """What follows from the rubric is the field's, not the reader's."""
        super()._post_clean()
        if self.cleaned_data.get("max_score"):
            self.instance.max_score = self.cleaned_data["max_score"]


class ReviewForm(forms.Form):
    """Points for each criterion and a word. Saved, some may be missing; handed in, none."""

    def __init__(self, *args, review: Review, whole: bool, **kwargs):
        given = {f"c{score.criterion_id}": score.points for score in review.scores.all()}
        super().__init__(*args, initial={"note": review.note, **given}, **kwargs)
        self.criteria = list(review.stage.rubric.criteria.all())
        for criterion in self.criteria:
            self.fields[f"c{criterion.pk}"] = criterion_field(criterion, whole)
        self.fields["note"] = forms.CharField(
            label=_("What speaks for it and what against"),
            max_length=5000,
            required=whole,
            widget=forms.Textarea(attrs={"rows": 6}),
            help_text=_("Read by the managers and by the other reviewers once all have handed in. The applicant does not read it."),
        )
        self.fields["note"].wanted = True

    def points(self) -> dict[int, int]:
        given = {criterion.pk: self.cleaned_data[f"c{criterion.pk}"] for criterion in self.criteria}
        return {pk: number for pk, number in given.items() if number is not None}


def criterion_field(criterion: Criterion, whole: bool) -> forms.IntegerField:
    hint = getattr(criterion, f"description_{get_language()[:2]}", "") or criterion.description_kk
    asked = _("0 to %(highest)s points") % {"highest": criterion.max_points}
    field = forms.IntegerField(
        label=criterion.name,
        min_value=0,
        max_value=criterion.max_points,
        required=whole,
        help_text=f"{escape(hint)} ({asked})" if hint else asked,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    field.wanted = True
    return field


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you cannot judge"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: a relative, a friend, somebody you work with. The managers of the cohort read this text."),
    )


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Decision"), choices=Application.OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the letter and on the page of the application. Only who is accepted may be told without one."),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") in (Application.State.DECLINED, Application.State.RESERVE) and not cleaned.get("reason"):
            self.add_error("reason", _("Give the reason: the applicant reads it."))
        return cleaned


class TakeBackForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class WordsForm(forms.Form):
    """What the letter of each decision says, in three languages."""

    def __init__(self, *args, words: dict[str, DecisionWords], **kwargs):
        super().__init__(*args, **kwargs)
        for outcome, label in Application.OUTCOMES:
            for code, language in (("kk", _("in Kazakh")), ("ru", _("in Russian")), ("en", _("in English"))):
                self.fields[f"{outcome}_{code}"] = forms.CharField(
                    label=f"{str(label).capitalize()}, {language}",
                    max_length=3000,
                    required=False,
                    initial=getattr(words[outcome], f"text_{code}") if outcome in words else "",
                    widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                )

    def texts(self, outcome: str) -> dict[str, str]:
        return {f"text_{code}": self.cleaned_data[f"{outcome}_{code}"] for code in ("kk", "ru", "en")}

    def clean(self):
        cleaned = super().clean()
        for outcome, _label in Application.OUTCOMES:
            if not cleaned.get(f"{outcome}_kk") and (cleaned.get(f"{outcome}_ru") or cleaned.get(f"{outcome}_en")):
                self.add_error(f"{outcome}_kk", _("Write it in Kazakh too: it stands in for a language that is missing."))
        return cleaned


class ScoreFileForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("XLSX or CSV. The first line names the columns; “application” and “score” are needed, others are passed over."),
    )


class ScoreForm(forms.Form):
    score = forms.DecimalField(label=_("Score"), min_value=0, max_digits=6, decimal_places=2)

    def __init__(self, *args, stage: Stage, **kwargs):
        super().__init__(*args, **kwargs)
        self.stage = stage
        self.fields["score"].help_text = _("0 to %(highest)s points") % {"highest": stage.max_score.normalize()}

    def clean_score(self):
        score = self.cleaned_data["score"]
        if score > self.stage.max_score:
            raise ValidationError(_("The highest score is %(highest)s."), params={"highest": self.stage.max_score.normalize()})
        return score
