import io
from pathlib import Path

import pillow_heif
import pytest
from django.utils import translation
from PIL import Image

from portal.files.kinds import FileRefused, expect, recognise
from portal.files.names import clean_name
from tests.portal import sample_files as sample

DATA = Path(__file__).parent / "data"


def heic() -> bytes:
    return sample.saved(lambda buffer: pillow_heif.from_pillow(Image.new("RGB", (64, 64), "teal")).save(buffer))


TAKEN = {
    "docx": sample.make_docx,
    "pptx": sample.make_pptx,
    "xlsx": sample.make_xlsx,
    "odt": sample.make_odt,
    "odp": sample.make_odp,
    "pdf": sample.make_pdf,
    "jpg": sample.make_image,
    "png": lambda: sample.make_image("PNG"),
    "webp": lambda: sample.make_image("WEBP"),
    "gif": lambda: sample.make_image("GIF"),
    "heic": heic,
    "mp4": lambda: sample.MP4,
    "mov": lambda: sample.MOV,
    "webm": lambda: sample.WEBM,
}


@pytest.mark.parametrize("ending", TAKEN)
def test_every_kind_is_known_by_its_bytes(ending):
    assert recognise(io.BytesIO(TAKEN[ending]())).ending == ending


def refusal(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        recognise(io.BytesIO(content))
    return caught.value


REFUSED = {
    "empty": lambda: b"",
    "wrong-type": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "damaged": lambda: sample.make_docx()[:2000],
    "macros": lambda: sample.with_members(sample.make_docx(), {"word/vbaProject.bin": b"\0"}),
    "encrypted": (DATA / "encrypted.docx").read_bytes,
    "too-old": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"),
    "bomb": lambda: sample.with_members(sample.make_docx(), {"word/media/zeros": bytes(60_000_000)}),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_refused(reason):
    assert refusal(REFUSED[reason]()).code == reason


@pytest.mark.parametrize("content", [b"<!doctype html><p>", b"MZ\x90\0", b"plain words", sample.make_zip({"a.txt": b"a"})])
def test_other_types_are_named_by_what_can_be_shared(content):
    with translation.override("en"):
        assert ".docx, .pptx" in str(refusal(content))


def test_macro_document_with_an_innocent_name_is_refused():
    types = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert refusal(sample.make_zip({"[Content_Types].xml": types})).code == "macros"


def test_archive_of_too_many_members_is_refused(settings):
    settings.FILE_ZIP_MAX_MEMBERS = 20
    assert refusal(sample.with_members(sample.make_docx(), {f"{number}": b"" for number in range(30)})).code == "bomb"


def test_the_limit_is_that_of_the_kind(settings):
    settings.FILE_KIND_MAX_BYTES = {"image": 100}
    assert refusal(sample.make_image()).code == "too-large"
    assert recognise(io.BytesIO(sample.make_pdf())).ending == "pdf"


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("a.docx", 0, "empty"),
        ("a.exe", 5, "wrong-type"),
        ("no ending", 10**12, "too-large"),
        ("жоспар.DOC", 5, "too-old"),
        ("a.pdf", 10**12, "too-large"),
    ],
)
def test_name_and_size_can_be_refused_before_the_bytes_come(name, size, reason):
    with pytest.raises(FileRefused) as caught:
        expect(name, size)
    assert caught.value.code == reason


def test_name_without_ending_is_left_to_the_bytes():
    expect("1000012345", 10)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Сабақ жоспары.docx", "Сабақ жоспары.docx"),
        ("../../etc/passwd", "passwd.docx"),
        (r"C:\Users\Айгүл\план.docx", "план.docx"),
        ("a\0b\x1f\u202efdp.exe", "ab fdp.docx"),
        ("и\u0306од.docx", "йод.docx"),
        ('а<b>:"|?*.docx', "а b.docx"),
        ("   ...   ", "file.docx"),
        (".docx", "docx.docx"),
        ("\ud800\udfffа.docx", "а.docx"),
        ("2.1 Сабақ. Бөлшек", "2.1 Сабақ. Бөлшек.docx"),
        ("ұ" * 300 + ".pdf", "ұ" * 100 + ".docx"),
    ],
)
def test_hostile_names_become_harmless(name, clean):
    assert clean_name(name, "docx") == clean
