"""Meetings of a mentor and a participant."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Agreement
from .dates import DayField
from .projects import writing

NOTES_LETTERS, MINUTES_AT_MOST = 10_000, 600


class MeetingForm(forms.Form):
    held_on = DayField(label=_("Day of the meeting"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MINUTES_AT_MOST)
    notes = writing(_("What we talked about"), NOTES_LETTERS, 6, required=False, help_text=_("Only the two of you read it."))

    def clean_held_on(self):
        if self.cleaned_data["held_on"] > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return self.cleaned_data["held_on"]


class AgreementForm(forms.Form):
    """A line that is left empty is no agreement."""

    text = forms.CharField(label=_("What is agreed"), max_length=500, required=False)
    whose = forms.ChoiceField(
        label=_("Who does it"), choices=[(choice.value, capfirst(choice.label)) for choice in Agreement.Whose], required=False
    )
    due_on = DayField(label=_("By when"), required=False)


AgreementForms = forms.formset_factory(AgreementForm, extra=2)
