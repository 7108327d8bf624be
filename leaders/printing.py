"""A certificate as a PDF: one page in three languages, drawn by typst without fonts or files from outside."""

import json
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext, override
from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

from .codes import spelled
from .models import Certificate
from .snapshots import LANGUAGES, lines_of

SHEET = Path(__file__).with_name("certificate.typ")
# For archives, and readable aloud
STANDARDS = ["a-2a"]


def as_file(certificate: Certificate) -> ContentFile:
    return ContentFile(drawn(certificate))


def drawn(certificate: Certificate) -> bytes:
    # Large: loaded by the process that draws, and not before
    import typst

    said = json.dumps(words_on(certificate), ensure_ascii=False)
    moment = int(certificate.issued_at.timestamp())
    return typst.compile(
        SHEET, sys_inputs={"certificate": said}, ignore_system_fonts=True, format="pdf", pdf_standards=STANDARDS, timestamp=moment
    )


def words_on(certificate: Certificate) -> dict:
    address = settings.SITE_URL + certificate.address
    return {
        "title": " · ".join(in_each_language(lambda: gettext("Certificate"))),
        "number": f"№ {certificate.number}",
        "names": list(dict.fromkeys(certificate.snapshot[language]["name"] for language in LANGUAGES)),
        "languages": [in_language(certificate, language) for language in LANGUAGES],
        "address": address,
        "shown-address": address.partition("://")[2].partition(certificate.code)[0],
        "code": spelled(certificate.code),
        "qr": qr_of(address),
    }


def in_each_language(word) -> list[str]:
    """Each spelling once."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[word()] = True
    return list(found)


def in_language(certificate: Certificate, language: str) -> dict:
    said = certificate.snapshot[language]
    with override(language):
        return {
            "code": language,
            "issuer": said["issuer"],
            "heading": gettext("Completed programme"),
            "programme": said["programme"],
            "lines": lines_of(certificate, language),
            "verify": gettext("Is this certificate valid? Scan the code, or type it on the page:"),
        }


def qr_of(address: str) -> str:
    code = QRCode(border=1, image_factory=SvgPathImage)
    code.add_data(address)
    return code.make_image().to_string(encoding="unicode")
