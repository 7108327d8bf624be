"""What stewards decide about people, and those responsible about a visit."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordForm(forms.Form):
    """What goes along with the answer to a request; approving needs none."""

    word = forms.CharField(label=_("A word to her or him"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person who is removed reads this text."),
    )


class VisitForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The owners of the group read this text.")
    )
