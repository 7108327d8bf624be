import os
import time
from base64 import b64encode
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.http import UnreadablePostError
from django.test import Client
from django.utils import timezone

from portal.files import uploads
from portal.models import File, Upload, User
from tests.portal import sample_files as sample

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.upload_urls")]
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def teacher():
    return User.objects.create_user("aigul@example.kz", family_name="Ә", given_name="Б")


@pytest.fixture
def client(teacher):
    client = Client()
    client.force_login(teacher)
    return client


@pytest.fixture
def content():
    return sample.make_docx()


def create(client, size, name="Сабақ.docx", **headers):
    metadata = f"filename {b64encode(name.encode()).decode()},filetype YQ=="
    return client.post("/kk/upload/", headers={**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata, **headers})


def begin(client, size, name="Сабақ.docx"):
    response = create(client, size, name)
    assert response.status_code == 201
    return response["Location"]


def send(client, url, offset, piece, **headers):
    return client.generic(
        "PATCH", url, piece, content_type=PIECE, CONTENT_TYPE=PIECE, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def test_a_broken_upload_goes_on_where_it_stopped(client, content, teacher):
    url, half = begin(client, len(content)), len(content) // 2
    assert send(client, url, 0, content[:half])["Upload-Offset"] == str(half)
    assert client.head(url, headers=TUS)["Upload-Offset"] == str(half)
    response = send(client, url, half, content[half:])
    file = File.objects.get()
    assert (response.status_code, response["X-Next"]) == (204, f"/files/{file.pk}/")
    assert (file.name, file.uploaded_by, file.blob.open().read()) == ("Сабақ.docx", teacher, content)
    assert not uploads.partial_path(Upload.objects.get()).exists()


def test_what_came_before_the_connection_broke_is_kept(client, content):
    class BrokenSource(ContentFile):
        def read(self, size=-1):
            if self.tell() >= 1000:
                raise UnreadablePostError
            return super().read(1000)

    begin(client, len(content))
    assert uploads.append(Upload.objects.get(), offset=0, source=BrokenSource(content)) == 1000


def test_finishing_twice_makes_one_file(client, content):
    url = begin(client, len(content))
    first = send(client, url, 0, content)["X-Next"]
    again = send(client, url, len(content), b"")
    assert (again.status_code, again["X-Next"], client.head(url, headers=TUS)["X-Next"]) == (204, first, first)
    assert uploads.finish(Upload.objects.get(), take=lambda file: "/elsewhere/") == first
    assert File.objects.count() == 1


def test_upload_that_is_complete_but_was_not_taken_in_is_finished_by_an_empty_piece(client, content):
    url = begin(client, len(content))
    uploads.append(Upload.objects.get(), offset=0, source=ContentFile(content))
    assert "X-Next" not in client.head(url, headers=TUS)
    assert send(client, url, len(content), b"")["X-Next"]


def test_wrong_offset_is_a_conflict(client, content):
    url = begin(client, len(content))
    assert send(client, url, 5, content[5:]).status_code == 409
    send(client, url, 0, content)
    assert send(client, url, 0, content).status_code == 409


def test_more_than_was_announced_is_not_kept(client, content):
    response = send(client, begin(client, len(content)), 0, content + b"tail")
    assert response["Upload-Offset"] == str(len(content))
    assert File.objects.get().size == len(content)


def test_two_writers_do_not_mix(client, content):
    url = begin(client, len(content))
    with uploads._locked(Upload.objects.get()):
        assert send(client, url, 0, content).status_code == 423


@pytest.mark.parametrize(
    ("size", "name", "status", "word"),
    [(0, "a.docx", 422, ""), (10**12, "a.pdf", 413, "100"), (10, "a.exe", 422, ".docx"), (10, "a.doc", 422, ".docx")],
)
def test_refused_before_anything_is_sent(client, size, name, status, word):
    response = create(client, size, name)
    assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert word in response.content.decode() and response.content and not Upload.objects.exists()


def test_bytes_of_another_type_are_refused_at_the_end(client):
    url = begin(client, 9)
    response = send(client, url, 0, b"<svg></sv")
    assert response.status_code == 422 and ".docx" in response.content.decode()
    assert not File.objects.exists() and not Upload.objects.exists()
    assert client.head(url, headers=TUS).status_code == 404


def test_what_the_app_says_reaches_the_person(client, content):
    url = begin(client, len(content)).replace("upload", "full")
    response = send(client, url, 0, content)
    assert (response.status_code, response.content) == (422, b"No more room.")
    assert not File.objects.exists()


def test_only_the_owner_goes_on_and_only_for_the_same_purpose(client, content):
    url = begin(client, len(content))
    stranger = Client()
    stranger.force_login(User.objects.create_user("other@example.kz"))
    assert stranger.head(url, headers=TUS).status_code == 404
    assert send(stranger, url, 0, content).status_code == 404
    assert send(client, url.replace("upload", "other"), 0, content).status_code == 404
    assert send(Client(), url, 0, content).status_code == 401


def test_another_site_cannot_upload(teacher, content):
    client = Client(enforce_csrf_checks=True)
    client.force_login(teacher)
    assert create(client, 10).status_code == 403
    client.cookies["csrftoken"] = token = "a" * 32
    assert create(client, 10, **{"X-CSRFToken": token}).status_code == 201


def test_upload_can_be_given_up(client, content):
    url = begin(client, len(content))
    assert client.delete(url, headers=TUS).status_code == 204
    assert not Upload.objects.exists() and client.head(url, headers=TUS).status_code == 404


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Tus-Resumable": "0.2"}, 412),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": ""}, 400),
        ({"Upload-Metadata": "filename ~~"}, 400),
    ],
)
def test_requests_that_do_not_keep_to_the_protocol(client, change, status):
    response = create(client, 10, **change)
    assert (response.status_code, response["Tus-Resumable"]) == (status, "1.0.0")


def test_other_methods_and_types(client, content):
    assert client.options("/kk/upload/")["Tus-Extension"] == "creation,termination"
    assert client.get("/kk/upload/", headers=TUS).status_code == 405
    url = begin(client, len(content))
    assert client.get(url, headers=TUS).status_code == 405
    assert client.patch(url, b"x", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"}).status_code == 415


def test_hostile_names_are_harmless(client, content):
    send(client, begin(client, len(content), "../../\0\u202eжоспар" + "ұ" * 300 + ".docx"), 0, content)
    name = File.objects.get().name
    assert len(name) == 105 and not set(name) & set("/\0\u202e")


def test_lost_pieces_let_the_sender_begin_anew(client, content):
    url = begin(client, len(content))
    uploads.partial_path(Upload.objects.get()).unlink()
    assert client.head(url, headers=TUS).status_code == 410


def test_old_uploads_are_forgotten(client, content):
    url, young = begin(client, len(content)), begin(client, len(content))
    old = Upload.objects.get(pk=url.split("/")[-2])
    Upload.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=4))
    past = time.time() - 4 * 24 * 3600
    os.utime(uploads.partial_path(old), (past, past))
    uploads.clean_uploads()
    assert not uploads.partial_path(old).exists()
    assert client.head(url, headers=TUS).status_code == 404
    assert client.head(young, headers=TUS).status_code == 200
