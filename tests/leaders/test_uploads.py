"""Files of applications, of works and of evidence come in pieces: what broke off goes on where it stopped."""

from base64 import b64encode
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leaders import actions
from leaders.demo import make_application, make_cohort, make_enrolment, make_mentor
from leaders.demo.change import make_milestone, make_project
from leaders.demo.selection import make_question
from leaders.demo.work import make_assignment
from leaders.models import ApplicationFile, Evidence, SubmissionFile
from portal.demo import make_person, make_school
from portal.models import File, User
from tests.portal.sample_files import make_docx, make_pdf

from .people import read, send, signed_in

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@dataclass
class Place:
    """Where a file goes, the page on which it stands then, and what owns it."""

    upload: str
    page: str
    owner: type


@pytest.fixture
def person() -> User:
    return make_person("person@example.org", school=make_school())


@pytest.fixture(params=["application", "work", "evidence"])
def place(request, person) -> Place:
    cohort = make_cohort()
    if request.param == "application":
        question = make_question(cohort, "file")
        page = f"applications/{make_application(person, cohort, state='draft').pk}/"
        return Place(f"{page}questions/{question.pk}/upload/", page, ApplicationFile)
    seat = make_enrolment(person, cohort)
    if request.param == "work":
        page = f"assignments/{make_assignment(cohort).pk}/"
        return Place(f"{page}upload/", page, SubmissionFile)
    page = f"milestones/{make_milestone(make_project(seat), state='planned').pk}/"
    return Place(f"{page}upload/", page, Evidence)


def begin(client: Client, place: Place, size: int, name: str = "Құжат.docx"):
    metadata = f"filename {b64encode(name.encode()).decode()}"
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}
    return client.post(f"/kk/leaders/{place.upload}", headers=headers)


def piece(client: Client, url: str, offset: int, content: bytes):
    headers = {**TUS, "Upload-Offset": str(offset)}
    return client.generic("PATCH", url, content, content_type=PIECE, CONTENT_TYPE=PIECE, headers=headers)


def test_a_broken_upload_goes_on_and_its_file_stands_where_it_belongs(place, person, monkeypatch):
    for most in ("applications.FILES_AT_MOST", "assignments.FILES_AT_MOST", "milestones.EVIDENCE_AT_MOST"):
        monkeypatch.setattr(f"leaders.actions.{most}", 1)
    client, content = signed_in(person), make_docx()
    half = len(content) // 2
    url = begin(client, place, len(content))["Location"]
    piece(client, url, 0, content[:half])
    assert place.owner.objects.count() == 0
    assert client.head(url, headers=TUS)["Upload-Offset"] == str(half)
    assert signed_in(make_person("stranger@example.org")).head(url, headers=TUS).status_code == 404
    for _time in range(2):
        answer = piece(client, url, half, content[half:]) if _time == 0 else piece(client, url, len(content), b"")
        assert answer["X-Next"] == f"/kk/leaders/{place.page}"
    row = place.owner.objects.get()
    assert (row.file.name, row.file.uploaded_by) == ("Құжат.docx", person)
    page = read(person, place.page)
    assert f'data-upload-url="/kk/leaders/{place.upload}"' in page and "Құжат.docx" in page and "portal/js/upload" in page
    one_more = piece(client, begin(client, place, len(content))["Location"], 0, content)
    assert one_more.status_code == 422 and "файл" in one_more.content.decode()
    assert File.objects.count() == 1


def test_too_many_files_in_an_hour_wait_also_without_javascript(place, person, settings):
    settings.LIMITS = settings.LIMITS | {"upload": (1, 3600)}
    client = signed_in(person)
    assert begin(client, place, 10).status_code == 201
    assert begin(client, place, 10).status_code == 429
    field = place.upload.split("questions/")[1].split("/")[0] if "questions/" in place.upload else ""
    sent = {f"q{field}" if field else "file": SimpleUploadedFile("а.pdf", make_pdf()), "language": "kk", "faces": "none", "text": "Мәтін"}
    answer = client.post(f"/kk/leaders/{place.page}{'evidence/' if place.owner is Evidence else ''}", sent)
    assert answer.status_code == 422 and "Бір сағат" in answer.content.decode()
    assert place.owner.objects.count() == 0


def test_evidence_is_hers_alone_until_she_has_said_what_is_seen(person):
    seat, mentor = make_enrolment(person, make_cohort()), make_person("mentor@example.org")
    make_mentor(seat, mentor)
    milestone = make_milestone(make_project(seat), state="planned")
    content, client = make_docx(), signed_in(person)
    place = Place(f"milestones/{milestone.pk}/upload/", "", Evidence)
    piece(client, begin(client, place, len(content))["Location"], 0, content)
    row = Evidence.objects.get()
    read(mentor, f"evidence/{row.pk}/", 404)
    assert "Құжат.docx" not in read(mentor, f"milestones/{milestone.pk}/")
    with pytest.raises(actions.FacesUnsaid):
        actions.submit_milestone(person, milestone)
    send(person, f"evidence/{row.pk}/describe/", 422)
    send(person, f"evidence/{row.pk}/describe/", **{f"e{row.pk}-faces": "none", f"e{row.pk}-caption": "Тақта"})
    assert "Тақта" in read(mentor, f"milestones/{milestone.pk}/")
    assert signed_in(mentor).get(f"/kk/leaders/evidence/{row.pk}/").status_code == 200
    actions.submit_milestone(person, milestone)
