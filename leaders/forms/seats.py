"""How many seats there are, and what becomes of one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..actions.seats import MANAGED
from ..models import Cohort, Enrolment
from ..moves import may_move

State = Enrolment.State
DEEDS = {
    State.PAUSED: pgettext_lazy("a participant", "interrupts the course, the seat is kept"),
    State.ACTIVE: pgettext_lazy("a participant", "studies on"),
    State.COMPLETED: pgettext_lazy("a participant", "has completed the course"),
    State.NOT_COMPLETED: pgettext_lazy("a participant", "has not completed the course"),
    State.REMOVED: pgettext_lazy("a participant", "is removed, the seat becomes free"),
}
REASON = forms.Textarea(attrs={"rows": 3})
MOST_SEATS = 10_000


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(label=pgettext_lazy("a cohort", "Seats"), min_value=1, max_value=MOST_SEATS)


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=REASON, help_text=_("Those who look after the cohort read this text.")
    )


class ManageForm(forms.Form):
    to = forms.ChoiceField(label=_("What changes"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=REASON, help_text=_("The participant reads this text.")
    )

    def __init__(self, *args, enrolment: Enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(to, DEEDS[to]) for to in MANAGED if may_move(enrolment, to)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("to") not in (None, State.ACTIVE, State.COMPLETED) and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why."))
        return cleaned


class TransferForm(forms.Form):
    cohort = forms.ModelChoiceField(label=_("Other cohort"), queryset=Cohort.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=REASON, help_text=_("The participant reads this text."))

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts
