"""Days and moments, as browsers ask for them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YEARS = range(1990, 2101)


def check_year(value: date) -> None:
    """At the ends of the calendar there is no day after, and no hour in another time zone."""
    if value.year not in YEARS:
        raise ValidationError(_("Please check the year."))


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [check_year]


class MomentField(forms.DateTimeField):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_validators = [check_year]
