"""How allauth speaks to the portal."""

import base64
import hashlib
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from .devices import device_name
from .mail.composing import sender
from .mail.posting import post_account_letter
from .models import User
from .proof import has_fresh_code, proves_by_code


def display(user) -> str:
    return user.get_full_name() or user.email


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request) -> str:
        return reverse("start")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """allauth asks this first of all, and afterwards lets everybody pass whom it knows no question for."""
        if proves_by_code(self.request.user) and not has_fresh_code(self.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user) -> list[dict]:
        if proves_by_code(user):
            return [{"id": "reauthenticate_by_code", "description": gettext("Send the code"), "url": reverse("reauthenticate_by_code")}]
        return super().get_reauthentication_methods(user)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_from_email(self) -> str:
        return sender()

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Every letter speaks its reader's language and leaves by the worker: no page waits for a mail server."""
        user = self.request.user
        reader = User.objects.filter(email_key=email.lower()).first() or (user if user.is_authenticated else None)
        language = reader.interface_language if reader else get_language()
        with override(language):
            letter = self.render_mail(template_prefix, email, {"email": email, "current_site": this_site()} | context)
        post_account_letter(reader, email, language, subject=letter.subject, body=letter.body)


def this_site() -> dict[str, str]:
    """What allauth's letters ask of a site; there is one, and no table of them."""
    return {"name": gettext("Teachers' portal"), "domain": urlsplit(settings.SITE_URL).netloc}


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie encrypted in the database, by a key derived from SECRET_KEY and its predecessors."""

    def get_totp_issuer(self) -> str:
        return gettext("Teachers' portal")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": gettext("Teachers' portal")}

    def generate_authenticator_name(self, user, type) -> str:
        """A passkey is told from another by the device on which it was made."""
        return device_name(context.request.headers.get("User-Agent", ""))

    def encrypt(self, text: str) -> str:
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys().decrypt(encrypted_text.encode()).decode()


def keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor {secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
