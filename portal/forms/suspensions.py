"""Why and until when a person may not write."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Case


class SuspensionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Reason"),
        choices=[(decision.value, decision.label) for decision in Case(source="people").upholding()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The person reads this text.")
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Without a day it lasts until somebody lifts it."),
    )

    def clean_until(self) -> datetime | None:
        """The end of that day in our time zone."""
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day is over."))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
