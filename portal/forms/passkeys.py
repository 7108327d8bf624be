"""Keys of the account."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(AddWebAuthnForm):
    """A passkey that signs in by itself, unless she wants it for the second step only. It is called by its device."""

    name = forms.CharField(label=_("Name of the key"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Sign in with this key alone, without a password or code"),
        initial=True,
        required=False,
        help_text=_("The phone or computer asks for your finger, face or PIN; nothing of that leaves the device."),
    )

    field_order = ["name", "passwordless", "credential"]
