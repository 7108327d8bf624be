"""Fields that several forms ask."""

from itertools import groupby
from operator import attrgetter

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ..models import Merged

LONGEST_KEY = 18


class PersonName(forms.CharField):
    """A name in any alphabet. Anything else, `portal.kz` too, would make our own letters carry a stranger's words and addresses."""

    default_validators = [
        RegexValidator(
            r"^[^\W\d_](?:[^\W\d_]|\.(?![^\W\d_]{2})|[ '’ʼ`\u2010\u2011\u0300-\u036f-])*$",
            _("A name is written in letters; spaces, hyphens, apostrophes and full stops may stand between them."),
        )
    ]


class NamedChoices(forms.ModelMultipleChoiceField):
    """Checkboxes of a vocabulary, in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        """A number that no key can be is a wrong choice; SQLite would raise OverflowError. Merged rows stand for what they became."""
        for key in value or []:
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(key)[:LONGEST_KEY]}
                )
        try:
            return super().clean(value)
        except ValidationError:
            if all(str(key).isdecimal() for key in value or []):
                value = Merged.objects.current_ids(self.queryset.model, value or [])
            return super().clean(value)


class CurrentChoice(forms.ModelChoiceField):
    """One row; the number of a merged one stands for what it became."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            if not str(value).isdecimal():
                raise
            return super().to_python(Merged.objects.current_id(self.queryset.model, value))


class SubjectsByArea(forms.models.ModelChoiceIterator):
    def __iter__(self):
        for area, subjects in groupby(self.queryset, key=attrgetter("area")):
            yield area.name, [self.choice(subject) for subject in subjects]


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Checkboxes folded away by group; a group in which something is chosen stands open."""

    template_name = "components/folded_choices.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        return context | {"groups": [(group, rows, any(row["selected"] for row in rows)) for group, rows, _index in groups]}


class SubjectChoices(NamedChoices):
    iterator = SubjectsByArea
    widget = FoldedChoices
