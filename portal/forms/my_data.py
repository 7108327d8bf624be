"""Leaving the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    works = forms.ChoiceField(
        label=_("My published materials and what I wrote in groups"),
        choices=[
            ("keep", _("stay for colleagues, by a “former colleague”, without my name")),
            ("remove", _("are deleted with everything else")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )
    email = forms.CharField(label=_("Your e-mail address"), help_text=_("Type it to show that you mean it."))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].strip().lower()
        if email != self.user.email_key:
            raise forms.ValidationError(_("This is not the address of your account."))
        return email
