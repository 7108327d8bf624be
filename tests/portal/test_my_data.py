"""A person takes everything with her, or leaves and is forgotten."""

import json
import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client
from django.utils import timezone

from portal import actions, my_data
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.files import uploads
from portal.models import Act, Case, DataExport, Departure, File, Notice, Region, User
from portal.refs import Ref
from resources.actions import save_for_later, thank
from resources.demo import make_material
from resources.models import Material
from search.find import search
from search.models import Entry
from search.query import SearchQuery

from .entrance import address, prove, sign_in
from .sample_files import make_docx, make_pdf

pytestmark = pytest.mark.django_db

EMAIL, FAMILY, GIVEN = "zhanyl.saparqyzy@example.org", "Сапарқызы", "Жаңыл"


@pytest.fixture
def person() -> User:
    """Somebody who has left traces everywhere."""
    school, administrator = make_school(), make_administrator()
    person = make_person(EMAIL, given_name=GIVEN, family_name=FAMILY, school=school, subjects=["physics"], bio=f"Мен {GIVEN} боламын.")
    actions.confirm_position(administrator, person.main_position)
    make_role(person, "coordinator", f"school:{school.pk}")
    make_material(person, title="Гук заңы", files=[("жоспар.docx", make_docx()), ("жоспар.docx", make_pdf())])
    make_material(person, title="Аяқталмаған", published=False, files=[("x.pdf", make_pdf())])
    others = make_material(make_person("other@example.org"), title="Бөлшектер")
    thank(person, others)
    save_for_later(person, others)
    actions.complain(person, others.ref, reason="mistake", text=f"Қате бар. {GIVEN} {FAMILY}")
    actions.complain(others.author, Act.objects.filter(verb="join", actor=person).get().ref, reason="spam")
    actions.propose_school(person, name="Жаңа мектеп", region=Region.objects.first())
    uploads.begin(user=person, target="materials", name="план.docx", size=1000)
    return person


@pytest.fixture
def client(person) -> Client:
    client = Client()
    sign_in(client, EMAIL)
    prove(client)
    return client


def archive(client: Client) -> ZipFile:
    response = client.get(address("data_archive"))
    assert response["Content-Type"] == "application/zip" and response["Content-Disposition"].startswith("attachment")
    return ZipFile(BytesIO(b"".join(response.streaming_content)))


# Taken along


def test_the_archive_holds_everything_of_every_app(client, person):
    client.post(address("ask_for_data"))
    packed = archive(client)
    data = {name: json.loads(packed.read(name)) for name in packed.namelist() if name.endswith(".json")}
    assert data["portal/profile.json"]["email"] == EMAIL and data["portal/profile.json"]["subjects"] == ["Физика"]
    assert data["portal/positions.json"][0]["school__name_kk"] == "№ 1 мектеп"
    assert data["portal/complaints.json"][0]["text"].startswith("Қате бар.")
    assert data["portal/devices.json"] and data["portal/consents.json"] and data["portal/acts.json"]
    titles = [material["title"] for material in data["resources/materials.json"]]
    assert titles == ["Гук заңы", "Аяқталмаған"]
    assert [row["title"] for row in data["resources/saved.json"]] == ["Бөлшектер"]
    files = [f"resources/{name}" for material in data["resources/materials.json"] for name in material["files"]]
    assert sorted(files) == sorted(name for name in packed.namelist() if not name.endswith(".json")) and len(files) == 3
    assert packed.read(files[0]) == File.objects.order_by("pk").first().blob.read()


def test_no_name_in_the_archive_leads_out_of_its_folder(client, person):
    make_material(person, files=[("../../../etc/passwd.pdf", make_pdf())])
    client.post(address("ask_for_data"))
    assert all(".." not in name and not name.startswith("/") and "\\" not in name for name in archive(client).namelist())


def test_no_secret_goes_along(client, person):
    client.post(address("ask_for_data"))
    packed = archive(client)
    everything = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".json")).decode()
    assert "password" not in everything and "secret" not in everything and "other@example.org" not in everything


def test_she_is_told_and_the_page_shows_how_far_it_is(client, person, monkeypatch):
    assert address("ask_for_data") in client.get(address("my_data")).content.decode()
    monkeypatch.setattr("portal.my_data.pack", lambda user, archive: archive.write(b"x"))
    client.post(address("ask_for_data"))
    assert Notice.objects.get(user=person, kind="data-ready")
    page = client.get(address("my_data")).content.decode()
    assert address("data_archive") in page


def test_while_one_is_packed_no_second_begins(client, person):
    packing = DataExport.objects.create(user=person)
    client.post(address("ask_for_data"))
    assert DataExport.objects.get() == packing and packing.ready_at is None
    page = client.get(address("my_data")).content.decode()
    assert address("data_archive") not in page and address("ask_for_data") not in page
    assert client.get(address("data_archive")).status_code == 404


def test_a_newer_archive_takes_the_place_of_the_older(client, person):
    client.post(address("ask_for_data"))
    older = DataExport.objects.get().archive.name
    client.post(address("ask_for_data"))
    assert not default_storage.exists(older)
    assert default_storage.exists(DataExport.objects.get().archive.name)


def test_the_archive_is_hers_alone_and_asks_again_who_she_is(client, person):
    client.post(address("ask_for_data"))
    stolen = Client()
    stolen.force_login(person)
    assert "/reauthenticate/" in stolen.get(address("data_archive")).url
    other = Client()
    sign_in(other, "other@example.org")
    prove(other)
    assert other.get(address("data_archive")).status_code == 404


def test_after_a_week_the_archive_is_gone(client, person):
    client.post(address("ask_for_data"))
    kept = DataExport.objects.get()
    my_data.drop_old_archives()
    assert default_storage.exists(kept.archive.name)
    DataExport.objects.update(ready_at=timezone.now() - timedelta(days=8))
    my_data.drop_old_archives()
    assert not default_storage.exists(kept.archive.name) and not DataExport.objects.exists()


def test_a_task_that_runs_twice_packs_once(client, person):
    client.post(address("ask_for_data"))
    before = DataExport.objects.get().ready_at
    my_data.pack_data.call(DataExport.objects.get().pk)
    assert DataExport.objects.get().ready_at == before


# Forgotten


def leave(client: Client, works: str):
    return client.post(address("leave"), {"works": works, "email": EMAIL.upper()})


def when_the_day_comes() -> None:
    Departure.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    my_data.begin_departures()


def text_of_the_database() -> str:
    """Every cell of every table, as text."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    found = []
    for model in apps.get_models():
        columns = [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]
        found += [f"{model._meta.label} {row}" for row in model._default_manager.values_list(*columns)] if columns else []
    return "\n".join(found)


@pytest.mark.parametrize("works", ["keep", "remove"])
def test_nothing_that_says_who_she_was_remains(client, person, works):
    assert all(word in text_of_the_database() for word in (EMAIL, FAMILY, GIVEN))
    client.post(address("ask_for_data"))
    archived = DataExport.objects.get().archive.name
    partial = uploads.partial_path(person.uploads.get())
    leave(client, works)
    when_the_day_comes()
    left = text_of_the_database()
    assert [line for line in left.splitlines() if re.search(f"{EMAIL}|{FAMILY}|{GIVEN}", line, re.IGNORECASE)] == []
    assert not default_storage.exists(archived) and not partial.exists()
    assert client.get(address("start")).status_code == 302
    assert Client().get(f"/kk/people/{person.pk}/").status_code == 404
    assert mail.outbox[-1].to == [EMAIL]
    assert Act.objects.get(verb="forget").after == {"keep": works == "keep"}


def test_works_that_stay_are_by_nobody_and_found_as_before(client, person):
    leave(client, "keep")
    when_the_day_comes()
    material = Material.objects.get(title="Гук заңы")
    assert material.author is None and material.files.count() == 2
    assert not Material.objects.filter(title="Аяқталмаған").exists(), "what nobody else could see is nobody's"
    reader = make_person("reader@example.org")
    [hit] = search(SearchQuery.for_user(reader, text="Гук заңы", sources=("materials",)), user=reader).hits
    assert hit.data["author"] == ""
    assert Client().get(f"/kk/materials/{material.pk}/").status_code == 200


def test_works_that_go_leave_no_file_and_no_entry(client, person):
    own = Material.objects.filter(author=person)
    ids = set(own.values_list("pk", flat=True))
    blobs = [row.file.blob.name for material in own for row in material.files.all()]
    leave(client, "remove")
    when_the_day_comes()
    assert not Material.objects.filter(pk__in=ids).exists() and not Entry.objects.filter(source="materials", object_id__in=ids).exists()
    assert len(blobs) == 3 and not any(map(default_storage.exists, blobs))
    assert Material.objects.get(title="Бөлшектер").thanks_count == 0


def test_cases_keep_neither_her_name_nor_what_was_erased(client, person):
    reader, administrator = User.objects.get(email="other@example.org"), User.objects.get(email="administrator@example.org")
    material = Material.objects.get(title="Гук заңы")
    for ref in (material.ref, Ref("people", person.pk)):
        complaint = actions.complain(reader, ref, reason="spam")
        actions.decide_case(administrator, complaint.case, decision="no-breach")
    actions.complain(administrator, material.ref, reason="mistake")
    assert len(re.findall("Гук заңы", text_of_the_database())) > 1
    leave(client, "remove")
    when_the_day_comes()
    left = text_of_the_database()
    assert [line for line in left.splitlines() if re.search(f"{FAMILY}|{GIVEN}|Гук заңы", line)] == []
    desk, member = Client(), Client()
    desk.force_login(administrator)
    member.force_login(reader)
    pages = [(desk, "complaints"), (member, "my_complaints"), (member, "notices")]
    assert all("Жойылған" in visitor.get(address(name)).content.decode() for visitor, name in pages)
    open_case = Case.objects.open().about(material.ref).get()
    assert "Жойылған" in desk.get(address("case", args=[open_case.pk])).content.decode()
    actions.decide_case(administrator, open_case, decision="no-breach")


def test_until_the_day_she_can_change_her_mind(client, person):
    assert leave(client, "keep").url == address("my_data")
    my_data.begin_departures()
    assert User.objects.filter(pk=person.pk).exists()
    assert Notice.objects.get(user=person, kind="departure")
    assert address("stay") in client.get(address("my_data")).content.decode()
    client.post(address("stay"))
    when_the_day_comes()
    assert User.objects.filter(pk=person.pk).exists()
    assert Act.objects.filter(verb="stay", actor=person).exists()


def test_she_types_her_address_to_show_that_she_means_it(client, person):
    response = client.post(address("leave"), {"works": "remove", "email": "other@example.org"})
    assert response.status_code == 422 and response.context["form"].has_error("email")
    assert re.search(r'value="remove"[^>]*checked', response.content.decode())
    assert not Departure.objects.exists()


def test_leaving_asks_again_who_she_is(person):
    stolen = Client()
    stolen.force_login(person)
    assert "/reauthenticate/" in leave(stolen, "remove").url
    assert not Departure.objects.exists()


def test_the_last_administrator_stays():
    administrator, client = make_administrator(), Client()
    client.force_login(administrator)
    prove(client)
    typed = {"works": "keep", "email": administrator.email}
    assert client.post(address("leave"), typed).status_code == 422
    second = make_administrator("second@example.org")
    assert client.post(address("leave"), typed).status_code == 302
    actions.end_role(administrator, second.roles.get())
    when_the_day_comes()
    assert User.objects.filter(pk=administrator.pk).exists()
