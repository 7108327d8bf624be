"""The link of an invitation to a group. It is signed, not stored: whoever reads the database cannot follow it."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from .models import GroupInvitation

signer = Signer(sep="~", salt="group invitation")


def address_of(invitation: GroupInvitation) -> str:
    """In the active language."""
    return settings.SITE_URL + reverse("group_invitation", args=[signer.sign(invitation.pk)])


def invitation_of(token: str) -> GroupInvitation | None:
    try:
        pk = signer.unsign(token)
    except BadSignature:
        return None
    return GroupInvitation.objects.select_related("group", "by").filter(pk=pk).first()


def why_dead(invitation: GroupInvitation) -> str:
    """Empty where the link holds."""
    if GroupInvitation.objects.open().filter(pk=invitation.pk).exists():
        return ""
    if invitation.withdrawn_at:
        return "withdrawn"
    return "expired" if invitation.expires_at <= timezone.now() else "orphaned"
