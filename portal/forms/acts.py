"""What the log of acts is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import seams


class ActsForm(forms.Form):
    person = forms.CharField(label=_("Person"), max_length=120, required=False)
    verb = forms.ChoiceField(label=_("Deed"), required=False)
    source = forms.ChoiceField(label=_("Thing"), required=False)
    since = forms.DateField(label=_("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=_("To the day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        verbs = sorted(seams.act_verbs.items(), key=lambda named: str(named[1]))
        self.fields["verb"].choices = [("", _("all")), ("staff", _("deeds of those responsible")), *verbs]
        self.fields["source"].choices = [("", _("all")), *seams.act_sources.items()]
