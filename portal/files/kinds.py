"""What a file is, told by its bytes: its kind, its type and the ending its name should have."""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from portal.models import File

Kind = File.Kind
HEAD = 4096


@dataclass(frozen=True)
class Format:
    ending: str
    kind: str
    type: str


DOCX = Format("docx", Kind.DOCUMENT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
PPTX = Format("pptx", Kind.SLIDES, "application/vnd.openxmlformats-officedocument.presentationml.presentation")
XLSX = Format("xlsx", Kind.SHEET, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
ODT = Format("odt", Kind.DOCUMENT, "application/vnd.oasis.opendocument.text")
ODP = Format("odp", Kind.SLIDES, "application/vnd.oasis.opendocument.presentation")
PDF = Format("pdf", Kind.PDF, "application/pdf")
JPEG = Format("jpg", Kind.IMAGE, "image/jpeg")
PNG = Format("png", Kind.IMAGE, "image/png")
WEBP = Format("webp", Kind.IMAGE, "image/webp")
GIF = Format("gif", Kind.IMAGE, "image/gif")
HEIC = Format("heic", Kind.IMAGE, "image/heic")
MP4 = Format("mp4", Kind.VIDEO, "video/mp4")
WEBM = Format("webm", Kind.VIDEO, "video/webm")
MOV = Format("mov", Kind.VIDEO, "video/quicktime")

FORMATS = [DOCX, PPTX, XLSX, ODT, ODP, PDF, JPEG, PNG, WEBP, GIF, HEIC, MP4, WEBM, MOV]
BY_ENDING = {form.ending: form for form in FORMATS} | {"jpeg": JPEG, "heif": HEIC, "m4v": MP4}
ACCEPT = ",".join(f".{ending}" for ending in BY_ENDING)

SIGNATURES = [
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"GIF8[79]a"), GIF),
    (re.compile(rb"RIFF....WEBP", re.S), WEBP),
    (re.compile(rb"....ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1)", re.S), HEIC),
    (re.compile(rb"....ftypqt  ", re.S), MOV),
    (re.compile(rb"....ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash)", re.S), MP4),
    (re.compile(rb"\x1aE\xdf\xa3.{0,60}webm", re.S), WEBM),
    # Writers may put a few bytes before the header, and readers accept up to a kilobyte of them.
    (re.compile(rb".{0,1024}%PDF-\d", re.S), PDF),
]
OOXML_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"presentationml.presentation.main+xml": PPTX,
    b"spreadsheetml.sheet.main+xml": XLSX,
}
ODF_TYPES = {form.type.encode(): form for form in (ODT, ODP)}
# Streams inside the container of Office 97-2003, which Office also wraps around a document with a password.
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OLD_STREAMS = {"PowerPoint Document": PPTX, "Workbook": XLSX, "WordDocument": DOCX}
OLD_ENDINGS = {"doc": DOCX, "rtf": DOCX, "ppt": PPTX, "pps": PPTX, "xls": XLSX}


REASONS = {
    "missing": _("Choose a file."),
    "empty": _("The file is empty. Check that it opens on your device."),
    "too-large": _("The file is too large: %(size)s. At most %(limit)s is possible."),
    "wrong-type": _("This type of file cannot be shared. These can: %(endings)s."),
    "too-old": _("This is a file of an old type. Open it, choose “Save as”, save it as .%(ending)s and share that file."),
    "macros": _("The file contains macros: small programs that can do harm. Save it without macros and share that file."),
    "encrypted": _("The file is protected with a password, so colleagues could not open it. Save it without a password."),
    "damaged": _("The file is damaged. Check that it opens on your device."),
    "bomb": _("The file unpacks to far more than it should, so it is not safe to open."),
    "too-many-pixels": _("The picture has too many pixels. At most %(millions)s million are possible: make it smaller."),
}


class FileRefused(ValidationError):
    """The portal does not take this file; `str()` says why, in the reader's language."""

    def __init__(self, reason: str, **params) -> None:
        super().__init__(REASONS[reason], code=reason, params=params)

    def __str__(self) -> str:
        return self.messages[0]


def largest(kind: str) -> int:
    return settings.FILE_KIND_MAX_BYTES.get(kind, settings.FILE_MAX_BYTES)


def recognise(file: BinaryIO) -> Format:
    """The format of an open file, or FileRefused. Fit to be the validator of a form's file field."""
    size = _size(file)
    if not size:
        raise FileRefused("empty")
    file.seek(0)
    form = _by_signature(file, file.read(HEAD))
    check_size(form, size)
    file.seek(0)
    return form


def expect(name: str, size: int) -> None:
    """Refuse before the bytes are sent what its name and size already rule out."""
    if not size:
        raise FileRefused("empty")
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending in OLD_ENDINGS:
        raise FileRefused("too-old", ending=OLD_ENDINGS[ending].ending)
    if ending and ending not in BY_ENDING:
        raise wrong_type()
    # A telephone may give a file without any ending: its bytes will tell what it is.
    check_size(BY_ENDING.get(ending, MP4), size)


def check_size(form: Format, size: int) -> None:
    if size > largest(form.kind):
        raise FileRefused("too-large", size=filesizeformat(size), limit=filesizeformat(largest(form.kind)))


def wrong_type() -> FileRefused:
    return FileRefused("wrong-type", endings=", ".join(f".{form.ending}" for form in FORMATS))


def _by_signature(file: BinaryIO, head: bytes) -> Format:
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    if head.startswith(OLD_CONTAINER):
        raise _old_office(file)
    if head.startswith(b"{\\rtf"):
        raise FileRefused("too-old", ending=DOCX.ending)
    for signature, form in SIGNATURES:
        if signature.match(head):
            return form
    raise wrong_type()


def _office(file: BinaryIO) -> Format:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_bomb(members)
            form = _office_format(archive)
            _check_members(archive, members)
            return form
    except FileRefused:
        raise
    except Exception as error:  # a broken archive leads zipfile and its decompressors into errors of every kind
        raise FileRefused("damaged") from error


def _check_bomb(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    excessive = unpacked > settings.FILE_ZIP_MAX_RATIO * max(packed, 1) and unpacked > settings.FILE_ZIP_FREE_BYTES
    if excessive or unpacked > settings.FILE_ZIP_MAX_BYTES or len(members) > settings.FILE_ZIP_MAX_MEMBERS:
        raise FileRefused("bomb")


def _office_format(archive: zipfile.ZipFile) -> Format:
    names = archive.namelist()
    if "mimetype" in names:
        form = ODF_TYPES.get(_read(archive, "mimetype").strip())
    else:
        types = _read(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types:
            raise FileRefused("macros")
        form = next((form for part, form in OOXML_MAIN_PARTS.items() if part in types), None)
    if not form:
        raise wrong_type()
    return form


def _check_members(archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> None:
    for member in members:
        if member.flag_bits & 1:
            raise FileRefused("encrypted")
        if member.filename.lower().endswith("vbaproject.bin") or member.filename.startswith(("Basic/", "Scripts/")):
            raise FileRefused("macros")
        if member.filename == "META-INF/manifest.xml" and b"encryption-data" in _read(archive, member.filename):
            raise FileRefused("encrypted")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(1_000_000)


def _old_office(file: BinaryIO) -> FileRefused:
    file.seek(0)
    content = file.read(settings.FILE_MAX_BYTES)
    if ENCRYPTED_STREAM in content:
        return FileRefused("encrypted")
    for stream, form in OLD_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            return FileRefused("too-old", ending=form.ending)
    return wrong_type()


def _size(file: BinaryIO) -> int:
    size = getattr(file, "size", None)
    return file.seek(0, 2) if size is None else size
