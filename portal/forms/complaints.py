"""Reports, and reasons for what is done to the work of others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Complaint


class ComplaintForm(forms.ModelForm):
    class Meta:
        model = Complaint
        fields = ["reason", "text"]
        widgets = {"reason": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Complaint.Reason.choices


class ReasonForm(forms.Form):
    """Why something is done to somebody else's work; the person concerned reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads this text."),
    )
