"""Whatever is sent: never an error of ours, a clear word in the reader's language, and nothing lost."""

import re
from base64 import b64encode
from dataclasses import dataclass
from html import escape, unescape
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client

from portal.demo import make_administrator, make_person
from portal.models import File, Upload, User
from resources import actions
from resources.demo import make_material
from resources.models import Material

from .portal import sample_files as sample

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
FORM = "application/x-www-form-urlencoded"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
DATA = Path(__file__).parent / "portal" / "data"
FAR = 10**19
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def teacher() -> User:
    return make_person(subjects=["mathematics"], languages=["kk"])


@pytest.fixture
def signed_in(client, teacher) -> Client:
    client.force_login(teacher)
    return client


@pytest.fixture
def draft(teacher) -> Material:
    return make_material(teacher, published=False, files=[("бейне.mp4", sample.MP4)])


def tags_off(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def said(answer) -> str:
    """The words of a refusal: of the page, or the plain text that the script of an upload shows."""
    page = answer.content.decode()
    if answer["Content-Type"].startswith("text/plain"):
        return page
    return tags_off(" ".join(re.findall(r'<div class="notice notice-danger.*?</div>\s*</div>', page, re.S)))


def assert_every_language(texts: dict[str, str]) -> None:
    assert all(texts.values()) and len(set(texts.values())) == len(LANGUAGES), texts
    english = set(re.findall(r"(?<![.\w])[A-Za-z]{4,}", texts["en"]))
    for language in ("kk", "ru"):
        assert re.search("[а-яә]{4}", texts[language]), texts
        assert not english & set(re.findall(r"(?<![.\w])[A-Za-z]{4,}", texts[language])), texts


# Files


def encoded(name: str, content: bytes) -> dict:
    """One file as browsers send it, whatever its name is."""
    head = f'--B\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/x\r\n\r\n'
    return {"data": head.encode() + content + b"\r\n--B--\r\n", "content_type": "multipart/form-data; boundary=B"}


def by_form(client, language: str, name: str, content: bytes, draft):
    return client.post(f"/{language}/materials/share/", **encoded(name, content))


def by_second_form(client, language: str, name: str, content: bytes, draft):
    return client.post(f"/{language}/materials/{draft.pk}/files/", **encoded(name, content), follow=True)


def by_pieces(client, language: str, name: str, content: bytes, draft, address: str = "share/upload/"):
    headers = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}"}
    begun = client.post(f"/{language}/materials/{address}", headers=headers)
    if begun.status_code != 201:
        return begun
    return client.generic("PATCH", begun["Location"], content, PIECE, headers={**TUS, "Upload-Offset": "0"})


def by_second_pieces(client, language: str, name: str, content: bytes, draft):
    return by_pieces(client, language, name, content, draft, f"{draft.pk}/files/upload/")


WAYS = [by_form, by_second_form, by_pieces, by_second_pieces]
REFUSED = {
    "empty": ("бос.docx", lambda: b""),
    "too large": ("үлкен.docx", lambda: sample.make_docx("сөз " * 60_000, heading=str(list(range(30_000))))),
    "another type": ("бағдарлама.exe", lambda: b"MZ" + bytes(100)),
    "an ending that lies": ("бет.pdf", lambda: b"<html>" + SCRIPT.encode()),
    "macros": ("макрос.docx", lambda: sample.with_members(sample.make_docx(), {"word/vbaProject.bin": b"x"})),
    "a bomb": ("бомба.docx", lambda: sample.with_members(sample.make_docx(), {"word/media/a.png": bytes(3_000_000)})),
    "a password": ("құпия.docx", (DATA / "encrypted.docx").read_bytes),
    "torn": ("жыртық.docx", lambda: sample.make_docx()[:-300]),
    "a torn picture": ("сурет.jpg", lambda: sample.make_image()[:200]),
    "too old": ("ескі.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_not_taken_is_refused_in_the_readers_language(signed_in, draft, settings, way, kind):
    settings.FILE_MAX_BYTES, settings.FILE_ZIP_FREE_BYTES = 60_000, 1_000_000
    name, make = REFUSED[kind]
    content, texts = make(), {}
    for language in LANGUAGES:
        answer = way(signed_in, language, name, content, draft)
        assert answer.status_code in (200, 413, 422)
        texts[language] = said(answer)
    assert_every_language(texts)
    assert (Material.objects.count(), File.objects.count(), Upload.objects.count()) == (1, 1, 0)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("құпия.pdf", (DATA / "encrypted.pdf").read_bytes, File.Reason.ENCRYPTED),
        ("бүлінген.docx", lambda: sample.with_members(sample.make_docx(), {"word/document.xml": b"<w:document"}), File.Reason.DAMAGED),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_and_its_owner_reads_why(signed_in, draft, way, name, make, reason):
    content = make()
    assert way(signed_in, "kk", name, content, draft).status_code in (200, 204, 302)
    file = File.objects.latest("pk")
    assert (file.reason, file.blob.open().read()) == (reason, content)
    address = f"/materials/{file.material_file.material_id}/edit/"
    states = {
        code: re.findall(r'state-danger">(.*?)</span>', signed_in.get(f"/{code}{address}").content.decode(), re.S) for code in LANGUAGES
    }
    assert_every_language({code: tags_off(found[0]) for code, found in states.items()})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("name", "make", "ending"),
    [("жоспар.pdf", sample.make_docx, ".docx"), ("жоспар.docx", sample.make_image, ".jpg"), ("жоспар", sample.make_pdf, ".pdf")],
)
def test_the_bytes_tell_what_a_file_is(signed_in, draft, way, name, make, ending):
    way(signed_in, "kk", name, make(), draft)
    assert File.objects.latest("pk").name.endswith(ending)


NAMES = {
    "folders": "../../etc/passwd.docx",
    "folders of Windows": "C:\\Құжаттар\\..\\план.docx",
    "nothing": "\0",
    "NUL": "план\0.docx",
    "directions": "план\u202excod.docx\u2066",
    "300 letters": "ұ" * 300 + ".docx",
    "300 letters behind a dot": "5." + "ұ" * 300,
    "broken Unicode": "план\ufffd\uffff\U0010ffff.docx",
    "HTML": f"{SCRIPT}<img src=x onerror=alert(1)>.docx",
    "a header": "план\r\nSet-Cookie: a=b\r\n.docx",
    "a quotation mark": "план'; filename*=utf-8''a.exe",
    "a formula": "=HYPERLINK(A1).docx",
    "dots": "....",
}


@pytest.mark.parametrize("memory", [0, 10**7])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_does_no_harm(signed_in, draft, settings, way, name, memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = memory
    answer = way(signed_in, "kk", name, sample.make_image("PNG"), draft)
    assert answer.status_code < 500
    for row in Material.objects.latest("pk").files.all():
        assert len(row.file.name) <= 105 and not set(row.file.name) & set('/\\\0\r\n<>"\u202e\u2066\uffff')
        download = signed_in.get(f"/kk/materials/{row.material_id}/files/{row.file_id}/")
        assert download["Content-Disposition"].startswith("attachment; filename") and "Set-Cookie" not in download.headers
        assert SCRIPT not in signed_in.get(f"/kk/materials/{row.material_id}/edit/").content.decode()


@pytest.mark.parametrize("metadata", ["filename ÿÿ", "filename", ",,,", "filename ~", "filename 7aCA", "filename Lw=="])
def test_broken_metadata_of_an_upload_is_no_error_of_ours(signed_in, metadata):
    answer = signed_in.post("/kk/materials/share/upload/", headers={**TUS, "Upload-Length": "10", "Upload-Metadata": metadata})
    assert answer.status_code in (201, 400)


def test_a_file_that_is_removed_while_it_is_read_stays_removed(draft, monkeypatch):
    from portal.files import reading

    file = draft.files.get().file
    File.objects.filter(pk=file.pk).update(state=File.State.WAITING, kind=File.Kind.PDF)

    def removed(*args):
        actions.remove_material_file(draft.author, draft.files.get())
        return {}

    monkeypatch.setattr(reading, "_run_child", removed)
    reading.read_file.call(file.pk)
    assert not File.objects.exists()


# Words

HOSTILE = {
    "NUL": b"a\0b",
    "broken Unicode": b"\xed\xa0\x80\xff",
    "10,000 letters": ("ұ" * 10_000).encode(),
    "HTML": f"\"'>{SCRIPT}".encode(),
    "a formula": b'=HYPERLINK("https://example.org")',
    "directions": "\u202eсабақ\u2066\u200b".encode(),
    "a template": b"{{7*7}}{% now %}%s%(a)s{0}\\",
    "digits beyond every number": b"9" * 5000,
    "a number beyond 64 bits": str(FAR).encode(),
    "an odd digit": "²".encode(),
    "only blanks": b" \t\r\n ",
}


@dataclass(frozen=True)
class Sheet:
    """A form: where it is sent, what it holds when nothing is wrong, its fields of free words and those that offer a choice."""

    address: str
    filled: dict
    words: tuple[str, ...]
    choices: tuple[str, ...] = ()


def sheets(draft: Material, published: Material) -> dict[str, Sheet]:
    material = {"revision": draft.revision, "title": "Атауы", "language": "kk", "licence": "cc-by", "audience": "public"}
    new_school = {"school": "new", "new_name": "№ 5 мектеп", "new_region": 1, "post": "teacher"}
    person = {"family_name": "Сейітқалиева", "given_name": "Айнұр", "interface_language": "kk"}
    return {
        "share": Sheet("materials/share/", {"link": "1"}, ("address",)),
        "link": Sheet(f"materials/{draft.pk}/links/", {}, ("address",)),
        "material": Sheet(
            f"materials/{draft.pk}/edit/",
            material,
            ("title", "description", "tags"),
            ("revision", "language", "type", "subjects", "grades", "objectives", "objective", "licence", "audience"),
        ),
        "objectives": Sheet(f"materials/{draft.pk}/edit/", material | {"find": "objective"}, ("objective_text",)),
        "welcome": Sheet("welcome/", new_school, ("new_name", "new_locality"), ("new_region", "post", "languages")),
        "school": Sheet("me/school/", {"find": "school", "post": "teacher"}, ("school_text",), ("post",)),
        "profile": Sheet(
            "me/", person, ("family_name", "given_name", "patronymic", "latin_name", "bio"), ("interface_language", "languages")
        ),
        "complaint": Sheet(f"complaints/materials/{published.pk}/", {"reason": "other"}, ("text",), ("reason",)),
    }


SHEETS = ("share", "link", "material", "objectives", "welcome", "school", "profile", "complaint")


@pytest.fixture
def published() -> Material:
    return make_material(make_person("author@example.org", given_name="Марат", family_name="Әлімов"))


@pytest.mark.parametrize("name", SHEETS)
def test_hostile_words_are_kept_harmless_or_refused_and_stay_in_the_form(signed_in, draft, published, name):
    sheet, wrong = sheets(draft, published)[name], []
    for field, (what, value) in product(sheet.words + sheet.choices, HOSTILE.items()):
        draft.refresh_from_db()
        filled = sheet.filled | ({"revision": draft.revision} if "revision" in sheet.filled else {}) | {field: value}
        answer = signed_in.post(f"/kk/{sheet.address}", urlencode(filled, doseq=True), FORM)
        page = (signed_in.get(answer.url) if answer.status_code == 302 else answer).content.decode()
        typed = escape(value.decode(errors="replace"))
        lost = answer.status_code == 422 and field in sheet.words and what != "only blanks" and typed not in page
        if answer.status_code not in (200, 302, 422) or SCRIPT in page or lost:
            wrong.append(f"{field}, {what}: {answer.status_code}{' lost' if lost else ''}")
    assert not wrong, "\n".join(wrong)
    assert draft.files.count() == 1


@pytest.mark.parametrize("field", ["title", "description", "tags"])
@pytest.mark.parametrize("value", [b"a\0b", b"%d" % 9 * 6000, b"," + b"9" * 61])
def test_a_refusal_of_words_is_in_the_readers_language(signed_in, draft, field, value):
    texts = {}
    for language in LANGUAGES:
        filled = {"revision": draft.revision, "title": "Атауы", "language": "kk", "licence": "cc-by", "audience": "public", field: value}
        answer = signed_in.post(f"/{language}/materials/{draft.pk}/edit/", urlencode(filled), FORM)
        if field != "tags" and len(value) < 100 and b"\0" not in value:
            assert answer.status_code == 302
            return
        assert answer.status_code == 422
        texts[language] = said(answer)
    assert_every_language(texts)


def test_a_reason_is_read_without_harm(client, published):
    client.force_login(make_administrator())
    for what, value in HOSTILE.items():
        for address in (f"/kk/materials/{published.pk}/hide/",):
            answer = client.post(address, urlencode({"decision": "rights", "note": value}), FORM)
            assert answer.status_code in (302, 422), what
            assert SCRIPT not in client.get(f"/kk/materials/{published.pk}/").content.decode()


def test_another_encoding_is_not_taken(signed_in, draft):
    """A form that says it is in `unicode_escape` could bring in halves of letters, which no page can show."""
    for charset in ("unicode_escape", "base64", "idna", "punycode", "utf-16", "undefined"):
        form = encoded("a.docx", b"").copy()
        form["content_type"] += f"; charset={charset}"
        form["data"] = b'--B\r\nContent-Disposition: form-data; name="title"\r\n\r\n\\ud800\r\n--B--\r\n'
        answer = signed_in.generic("POST", f"/kk/materials/{draft.pk}/edit/", form["data"], form["content_type"])
        assert answer.status_code == 422
