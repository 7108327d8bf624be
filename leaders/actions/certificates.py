from django.db import transaction
from django.utils import timezone

from ..models import Certificate


@transaction.atomic
def erase_certificate(certificate: Certificate) -> None:
    """What it said is forgotten. Its number, its digest and the chain of the register stay: nothing else can be put in its place."""
    if certificate.pdf:
        certificate.pdf.delete(save=False)
    Certificate.objects.filter(pk=certificate.pk).update(snapshot={}, facts={}, pdf="", erased_at=timezone.now())
