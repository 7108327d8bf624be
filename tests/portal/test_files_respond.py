from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.test import RequestFactory

from portal.files import respond, respond_preview
from portal.models import File

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 400


@pytest.fixture
def file():
    file = File(name="Сабақ жоспары «Ә».pdf", kind="pdf", type="application/pdf", size=len(CONTENT), hash="abc")
    file.blob.save("x", ContentFile(CONTENT))
    return file


def get(file, *, as_attachment=True, **headers):
    return respond(RequestFactory().get("/", headers=headers), file, as_attachment=as_attachment)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_whole_file_under_its_own_name(file):
    response = get(file)
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''" + quote(file.name, safe="")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("kind", "disposition", "sandbox"), [("image", "inline", True), ("pdf", "inline", False), ("document", "attachment", True)]
)
def test_only_what_is_safe_is_shown_in_place(file, kind, disposition, sandbox):
    file.kind = kind
    response = get(file, as_attachment=False)
    assert response["Content-Disposition"].startswith(disposition)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"].endswith("sandbox") == sandbox


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=100000-", 100_000, None),
        ("bytes=-500", -500, None),
        ("bytes=5-999999999", 5, None),
        ("bytes=-999999999", 0, None),
    ],
)
def test_part_of_a_file(file, asked, start, end):
    response, part = get(file, Range=asked), CONTENT[start:end]
    first = CONTENT.index(part) if len(part) > 256 else start % len(CONTENT)
    assert (response.status_code, body(response)) == (206, part)
    assert response["Content-Length"] == str(len(part))
    assert response["Content-Range"].endswith(f"/{len(CONTENT)}") and first >= 0


@pytest.mark.parametrize("asked", ["bytes=102400-", "bytes=9-3", "bytes=-0"])
def test_part_outside_the_file(file, asked):
    response = get(file, Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


@pytest.mark.parametrize("asked", ["bytes=-", "lines=1-2", "bytes=0-1,5-9", "bytes=" + "9" * 5000 + "-"])
def test_range_that_is_not_understood_gives_the_whole(file, asked):
    assert get(file, Range=asked).status_code == 200


def test_unchanged_file_is_not_sent_again(file):
    etag = get(file)["ETag"]
    response = get(file, If_None_Match=etag)
    assert (response.status_code, response.content) == (304, b"")
    assert get(file, Range="bytes=0-9", If_Range=etag).status_code == 206
    assert get(file, Range="bytes=0-9", If_Range='"other"').status_code == 200


def test_nginx_sends_the_bytes(file, settings):
    settings.FILE_ACCEL_PREFIX = "/protected/"
    response = get(file)
    assert response["X-Accel-Redirect"] == f"/protected/{file.blob.name}"
    assert response.content == b"" and response["Content-Type"] == "application/pdf"
    assert "X-Accel-Redirect" not in get(file, If_None_Match=response["ETag"])


def test_object_storage_gets_a_signed_link(file, monkeypatch):
    class SignedStorage(InMemoryStorage):
        def url(self, name, parameters=None):
            return f"https://storage.example/{name}?{parameters['ResponseContentType']}"

    monkeypatch.setattr(file.blob, "storage", SignedStorage())
    response = get(file)
    assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
    assert response["Location"].startswith(f"https://storage.example/{file.blob.name}?")


def test_preview(file):
    file.preview.name = file.blob.name
    response = respond_preview(RequestFactory().get("/"), file)
    assert (response["Content-Type"], response["Content-Disposition"], body(response)) == ("image/webp", "inline", CONTENT)
