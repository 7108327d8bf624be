"""Reports, decisions about them, appeals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import seams
from ..models import Case, Complaint, Region
from ..models.people import LANGUAGES
from ..vocabularies import labels


class ComplaintForm(forms.ModelForm):
    """Asks for the reasons that make sense for the thing."""

    class Meta:
        model = Complaint
        fields = ["reason", "text"]
        widgets = {"reason": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, reasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]


class ReasonForm(forms.Form):
    """Why something is done to somebody else's work; the person concerned reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads this text."),
    )


class DecisionForm(forms.Form):
    """What follows, why, and a word about it."""

    decision = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both sides read this text. Needed wherever something changes."),
    )

    heads_of_appeal = (_("Grant the appeal"), _("Do not grant it"))
    heads = (_("The report is right: hide it"), _("The report is not right: leave it as it is"))
    heads_by_hand = (_("The report is right"), _("The report is not right"))

    def __init__(self, *args, case: Case, only_upholding: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        by_hand = not seams.reportables[case.source].take_down
        heads = self.heads_of_appeal if case.is_appeal else self.heads_by_hand if by_hand else self.heads
        answers = (case.upholding(), () if only_upholding else case.dismissing())
        self.fields["decision"].choices = [
            (head, [(decision.value, decision.label) for decision in decisions])
            for head, decisions in zip(heads, answers, strict=True)
            if decisions
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") in self.case.upholding() and not cleaned.get("note") and not self.has_error("note"):
            self.add_error("note", self.fields["note"].error_messages["required"])
        return cleaned


class TakeDownForm(forms.Form):
    """Hiding what those responsible found by themselves."""

    decision = forms.ChoiceField(
        label=_("Reason"), choices=[(decision.value, decision.label) for decision in Case().upholding()], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The author reads this text.")
    )


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("Your appeal"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Say why the decision is wrong, or what you have changed. You can appeal once."),
    )


class QueueForm(forms.Form):
    """What the queue of complaints is narrowed to."""

    language = forms.ChoiceField(label=_("Language"), choices=[("", _("all")), *LANGUAGES], required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("all")), *labels(Region).items()]
