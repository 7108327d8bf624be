"""How far somebody has read, how closely she follows, which questions she looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.models import Subject
from portal.models.people import LANGUAGES
from portal.vocabularies import labels

from ..models import Level

MINE, ALL = "", "all"


class WatermarkForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class GroupLevelForm(forms.Form):
    level = forms.ChoiceField(choices=Level.choices)


class TopicLevelForm(forms.Form):
    level = forms.ChoiceField(choices=[("", ""), *Level.choices], required=False)


class QuestionsForm(forms.Form):
    """Without a choice: her own subjects, where she has told any."""

    subject = forms.ChoiceField(label=_("Subject"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", _("every language")), *LANGUAGES])

    def __init__(self, *args, mine: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.mine = mine
        own = [(MINE, _("my subjects")), (ALL, _("every subject"))] if mine else [(MINE, _("every subject"))]
        self.fields["subject"].choices = [*own, *labels(Subject).items()]

    @property
    def subjects(self) -> list[str]:
        chosen = self.cleaned_data.get("subject", MINE)
        return {MINE: self.mine, ALL: []}.get(chosen, [chosen])
