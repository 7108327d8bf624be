"""The link and the letter of an invitation. The link is signed, not stored: whoever reads the database cannot follow it."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from .mail.posting import post_account_letter
from .models import Invitation

KEPT_AFTER_THE_END = timedelta(days=30)
signer = Signer(sep="~", salt="invitation")


def address_of(invitation: Invitation) -> str:
    """In the active language."""
    return settings.SITE_URL + reverse("invitation", args=[signer.sign(invitation.pk)])


def invitation_of(token: str) -> Invitation | None:
    try:
        pk = signer.unsign(token)
    except BadSignature:
        return None
    return Invitation.objects.select_related("school__region", "by").filter(pk=pk).first()


def post_invitation(invitation: Invitation) -> None:
    """In the language of who invites: nothing is known of the reader, not even whether she has an account."""
    language = invitation.by.interface_language
    with override(language):
        subject = gettext("%(name)s invites you to the teachers' portal") % {"name": invitation.by.get_full_name()}
        body = render_to_string("portal/invitation_letter.txt", {"invitation": invitation, "address": address_of(invitation)})
    post_account_letter(None, invitation.email, language, subject=subject, body=body)


def forget_old_invitations() -> None:
    """Addresses of people who never came are kept no longer than a coordinator may ask about them."""
    Invitation.objects.filter(expires_at__lt=timezone.now() - KEPT_AFTER_THE_END).delete()
