"""Signing up."""

from allauth.account.forms import SignupForm as AddressForm
from django import forms
from django.db import IntegrityError, transaction
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import actions
from ..editorial import footer_pages
from ..models import User
from .fields import PersonName


class SignupForm(AddressForm):
    """An address, a name and the agreement. No password: somebody else could set one before the address is proved."""

    given_name = PersonName(label=_("Given name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    family_name = PersonName(label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    terms = forms.BooleanField(error_messages={"required": _("The portal may keep your data only with your consent.")})

    field_order = ["email", "given_name", "family_name", "terms"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        self.fields["terms"].label = terms_label()

    def validate_unique_email(self, value: str) -> str:
        """Whoever pressed twice, or left before the code came, begins again with the same account."""
        email = super().validate_unique_email(value)
        self.unproved = unproved_account(email)
        self.account_already_exists = self.account_already_exists and not self.unproved
        return email

    def save(self, request) -> User:
        if not self.unproved:
            try:
                with transaction.atomic():
                    return super().save(request)
            except IntegrityError:
                # The other press of a double click was quicker.
                self.unproved = unproved_account(self.cleaned_data["email"])
        self.custom_signup(request, self.unproved)
        return self.unproved

    def custom_signup(self, request, user) -> None:
        actions.join(
            user,
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            language=get_language(),
        )


def unproved_account(email: str) -> User | None:
    """An account that nobody has ever been in: it holds nothing but a name that somebody typed."""
    never_in = User.objects.filter(email_key=email.lower(), is_active=True, last_login=None)
    user = never_in.exclude(emailaddress__verified=True).first()
    return user if user and not user.has_usable_password() else None


def terms_label() -> str:
    """The agreement, with links to what is agreed to. They open beside the form, so that nothing typed is lost."""
    links = {page["place"]: format_html('<a href="{}" target="_blank">', page["url"]) for page in footer_pages()}
    parts = {}
    for place in ("terms", "privacy"):
        parts[place] = links.get(place, "")
        parts[f"end_{place}"] = mark_safe("</a>") if place in links else ""
    return format_html(
        _(
            "I agree to the {terms}terms of use{end_terms} and to the collection and processing of my personal data"
            " under the {privacy}privacy policy{end_privacy}"
        ),
        **parts,
    )
