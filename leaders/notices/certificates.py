"""What the holder of a certificate is told."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Notice, Rhythm, User
from portal.notices import Kind, tell
from portal.notices.own import quoted, sentence

from ..models import Certificate
from .named import PROGRAMMES, name_in_data, names_of


def tell_issued(certificate: Certificate, actor: User | None) -> None:
    tell_holder(certificate, "certificate-issued", actor, again=certificate.replaces_id is not None)


def tell_revoked(certificate: Certificate, actor: User | None) -> None:
    tell_holder(certificate, "certificate-revoked", actor, reason=certificate.reason)


def tell_holder(certificate: Certificate, kind: str, actor: User | None, **data) -> None:
    said = {"programme": names_of(certificate.version.programme), "number": certificate.number}
    tell([certificate.user], kind, certificate.ref, actor=actor, data=said | data)


def issued(notice: Notice) -> str:
    said = (
        _("Your certificate of “%(programme)s” is replaced by a new one, No. %(number)s.")
        if notice.data["again"]
        else _("You have the certificate of “%(programme)s”, No. %(number)s. Congratulations!")
    )
    return sentence(said, programme=name_in_data(notice, "programme"), number=notice.data["number"])


def revoked(notice: Notice) -> str:
    said = _("Your certificate of “%(programme)s”, No. %(number)s, is revoked: %(reason)s")
    given = {"programme": name_in_data(notice, "programme"), "number": notice.data["number"], "reason": quoted(notice.data["reason"])}
    return sentence(said, **given)


def certificate(notice: Notice) -> str:
    return f"/leaders/certificates/{notice.object_id}/"


def seen(user, ids) -> set[int]:
    return set(Certificate.objects.visible_to(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


KINDS = [
    Kind(key, label, text, certificate, Rhythm.AT_ONCE, visible=seen, group=PROGRAMMES)
    for key, label, text in (
        ("certificate-issued", gettext_lazy("I am given a certificate"), issued),
        ("certificate-revoked", gettext_lazy("My certificate is revoked"), revoked),
    )
]
