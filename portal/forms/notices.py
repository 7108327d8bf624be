"""How a person wants to be written to."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from ..mail.hours import Hours
from ..models import MailHours, Rhythm
from ..notices import Kind, Rhythms
from ..seams import notice_kinds


class RhythmsForm(forms.Form):
    """A choice for each kind of notices that may be turned off."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        rhythms = Rhythms([user.pk])
        for kind in self.kinds:
            self.fields[kind.key] = forms.ChoiceField(label=kind.label, choices=Rhythm, initial=rhythms.of(user.pk, kind))

    @property
    def kinds(self) -> list[Kind]:
        return [kind for kind in notice_kinds if not kind.urgent]

    @property
    def groups(self) -> list[tuple]:
        ordered = sorted(self.kinds, key=lambda kind: str(kind.group))
        return [(group, [self[kind.key] for kind in kinds]) for group, kinds in groupby(ordered, key=lambda kind: str(kind.group))]

    @property
    def urgent(self) -> list[Kind]:
        return [kind for kind in notice_kinds if kind.urgent]

    @property
    def rhythms(self) -> dict[Kind, str]:
        return {kind: self.cleaned_data[kind.key] for kind in self.kinds}


class MailHoursForm(forms.ModelForm):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days"), choices=list(WEEKDAYS.items()), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = MailHours
        fields = ["weekdays", "opens", "closes"]

    def clean(self):
        cleaned = super().clean()
        if {"opens", "closes"} <= cleaned.keys() and cleaned["opens"] >= cleaned["closes"]:
            raise ValidationError({"closes": _("The end must come after the beginning.")})
        return cleaned

    @property
    def hours(self) -> Hours:
        return Hours(frozenset(self.cleaned_data["weekdays"]), self.cleaned_data["opens"], self.cleaned_data["closes"])
