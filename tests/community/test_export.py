"""The owner takes her group along: readable without the portal, streamed, hers alone, for a week."""

import json
import tracemalloc
from datetime import timedelta
from io import BytesIO
from tempfile import TemporaryFile
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from community import archive
from community.demo import make_group, make_member, make_post, make_topic
from community.models import GroupExport, Membership, Post, PostFile, Topic
from portal.demo import make_person
from portal.files import store
from portal.models import Act, Notice, User

from ..portal.entrance import address, prove, sign_in
from ..portal.sample_files import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_person("owner@example.org", given_name="Айнұр", family_name="Сейітқалиева")


@pytest.fixture
def client(owner) -> Client:
    client = Client()
    sign_in(client, owner.email)
    prove(client)
    return client


@pytest.fixture
def group(owner):
    group = make_group(owner, name="Физиктер", access="hidden", purpose_kk="Тәжірибе алмасу")
    topic = make_topic(owner, group, title="Лазер <сабағы>", text="[Материал](/kk/materials/7/) керек пе?")
    answer = make_post(owner, topic, text="Иә, мінеки.")
    file = store(ContentFile(make_image("PNG")), name="сызба.png", user=owner)
    PostFile.objects.create(post=answer, file=file)
    Post.objects.filter(pk=make_post(owner, topic, text="Жасырын жазба").pk).update(state=Post.State.HIDDEN)
    Topic.objects.filter(pk=make_topic(owner, group, title="Жасырын тақырып").pk).update(state=Topic.State.HIDDEN)
    return group


def packed(client: Client, group) -> ZipFile:
    client.post(address("group_export", args=[group.pk]))
    response = client.get(address("group_archive_file", args=[group.pk]))
    assert response["Content-Type"] == "application/zip" and response["Content-Disposition"].startswith("attachment")
    return ZipFile(BytesIO(b"".join(response)))


def test_the_archive_is_read_without_the_portal(client, group):
    archived = packed(client, group)
    topic = Topic.objects.get(title="Лазер <сабағы>")
    index, page = (archived.read(name).decode() for name in ("index.html", f"topics/{topic.pk}.html"))
    assert "Физиктер" in index and "Тәжірибе алмасу" in index and f'href="topics/{topic.pk}.html"' in index
    assert "Лазер &lt;сабағы&gt;" in page and "Айнұр" in page and 'href="http://localhost:8000/' in page and '<html lang="kk">' in page
    file = PostFile.objects.get().file
    assert archived.read(f"files/{file.pk} сызба.png") == file.blob.read()
    data = json.loads(archived.read("group.json"))
    assert data["group"]["name_kk"] == "Физиктер"
    [told] = data["topics"]
    assert [(post["number"], post["text"]) for post in told["posts"]][1] == (2, "Иә, мінеки.")
    assert told["posts"][1]["files"] == [f"files/{file.pk} сызба.png"]
    everything = b"".join(archived.read(name) for name in archived.namelist() if name.endswith((".html", ".json"))).decode()
    assert "Жасырын" not in everything
    assert {"style/tokens.css", "style/base.css"} <= set(archived.namelist())


def test_she_is_told_it_is_an_act_and_a_second_press_packs_once(client, owner, group):
    packed(client, group)
    assert Notice.objects.get(user=owner, kind="group-export-ready").object_id == group.pk
    assert Act.objects.get(verb="export group").ref == group.ref
    GroupExport.objects.update(ready_at=None)
    client.post(address("group_export", args=[group.pk]))
    assert GroupExport.objects.count() == 1
    assert address("group_archive_file", args=[group.pk]) not in client.get(address("group_export", args=[group.pk])).content.decode()


def test_a_task_that_runs_twice_packs_once(client, group):
    packed(client, group)
    before = GroupExport.objects.get().ready_at
    archive.pack_group.call(GroupExport.objects.get().pk)
    assert GroupExport.objects.get().ready_at == before


def test_it_is_the_owners_alone_and_asks_again_who_she_is(client, owner, group):
    packed(client, group)
    stolen = Client()
    stolen.force_login(owner)
    for name in ("group_export", "group_archive_file"):
        assert "/reauthenticate/" in stolen.get(address(name, args=[group.pk])).url
    make_member(group, make_person("steward@example.org"), role=Membership.Role.STEWARD)
    steward = Client()
    sign_in(steward, "steward@example.org")
    prove(steward)
    assert steward.get(address("group_export", args=[group.pk])).status_code == 404
    assert steward.post(address("group_export", args=[group.pk])).status_code == 404
    assert steward.get(address("group_archive_file", args=[group.pk])).status_code == 404
    Membership.objects.filter(user=owner).update(role=Membership.Role.MEMBER)
    assert client.get(address("group_archive_file", args=[group.pk])).status_code == 404, "who hands the group over keeps no way in"


def test_after_a_week_it_is_gone(client, group):
    packed(client, group)
    kept = GroupExport.objects.get()
    archive.drop_old_exports()
    assert default_storage.exists(kept.archive.name)
    GroupExport.objects.update(ready_at=timezone.now() - timedelta(days=8))
    assert client.get(address("group_archive_file", args=[group.pk])).status_code == 404
    archive.drop_old_exports()
    assert not default_storage.exists(kept.archive.name) and not GroupExport.objects.exists()


def test_a_long_topic_is_never_held_whole(owner):
    group = make_group(owner)
    topic = make_topic(owner, group)
    long = "<p>" + "сөз " * 500 + "</p>"
    posts = (Post(topic=topic, author=owner, number=number, text=long, html=long) for number in range(2, 3002))
    Post.objects.bulk_create(posts, batch_size=500)
    tracemalloc.start()
    with TemporaryFile() as target:
        archive.pack(group, target)
        _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    whole = 2 * 3000 * len(long.encode())
    assert peak < whole / 3, f"{peak / 1e6:.1f} of {whole / 1e6:.1f} MB"
