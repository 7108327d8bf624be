"""A teacher shares: file first, details second, published when she says so; and nothing she gave is ever lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.demo import make_person, make_school
from portal.models import Act, File, Subject
from resources import actions
from resources.demo import make_material
from resources.demo_files import FileSpec, build_file
from resources.models import Material, MaterialType

pytestmark = pytest.mark.django_db

PLAN = """# Физика сабағының қысқа мерзімді жоспары
Сынып: 8-сынып. Пән: Физика.
# Сабақтың барысы
Оқушылар серіппенің созылуын өлшейді. Динамометр қабырғаға ілінеді.
"""


def plan(title: str = "Гук заңы: серіппе қалай созылады?", body: str = PLAN):
    return build_file(FileSpec(name="guk-zany", format="docx", title=title, language="kk", author="А. Сейітқалиева", body=body))


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def teacher():
    return make_person(subjects=["physics"], languages=["kk"])


@pytest.fixture
def signed_in(client, teacher):
    client.force_login(teacher)
    return client


def details(material: Material, **changes) -> dict:
    """What the form of a material sends when nothing is changed in it, then `changes`."""
    return {
        "revision": material.revision,
        "title": material.title,
        "description": material.description,
        "language": material.language,
        "type": material.type_id or "",
        "subjects": list(material.subjects.values_list("pk", flat=True)),
        "grades": list(material.grades.values_list("pk", flat=True)),
        "objectives": list(material.objectives.values_list("pk", flat=True)),
        "tags": ", ".join(material.tags.values_list("name", flat=True)),
        "licence": material.licence,
        "audience": material.audience,
    } | changes


def share(client, name: str, content: bytes):
    return client.post("/kk/materials/share/", {"file": uploaded(name, content)})


def test_a_file_becomes_a_private_draft_that_knows_itself(signed_in, teacher):
    answer = share(signed_in, *plan())
    material = Material.objects.get()
    assert answer.url == f"/kk/materials/{material.pk}/edit/"
    assert (material.author, material.state) == (teacher, Material.State.DRAFT)
    assert material.title == "Гук заңы: серіппе қалай созылады?"
    assert material.language == "kk"
    assert material.type.code == "lesson-plan"
    assert [subject.code for subject in material.subjects.all()] == ["physics"]
    assert [grade.pk for grade in material.grades.all()] == [8]


def test_the_form_says_what_came_from_the_file(signed_in):
    page = signed_in.get(share(signed_in, *plan()).url)
    assert 'value="Гук заңы: серіппе қалай созылады?"' in page.content.decode()
    assert page.content.decode().count("field-mark") == 2


def test_what_the_teacher_wrote_is_never_overwritten_by_a_file(signed_in, teacher):
    material = actions.start_material(teacher, language="ru")
    Material.objects.filter(pk=material.pk).update(title="Менің атауым")
    material.subjects.set(Subject.objects.filter(code="biology"))
    signed_in.post(f"/kk/materials/{material.pk}/files/", {"file": uploaded(*plan())})
    material.refresh_from_db()
    assert (material.title, material.language) == ("Менің атауым", "ru")
    assert [subject.code for subject in material.subjects.all()] == ["biology"]
    assert [grade.pk for grade in material.grades.all()] == [8]


def test_publishing_needs_one_press_when_the_file_says_enough(signed_in):
    share(signed_in, *plan())
    material = Material.objects.get()
    answer = signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, publish="1"))
    assert answer.url == f"/kk/materials/{material.pk}/"
    material.refresh_from_db()
    assert material.is_published
    assert Act.objects.filter(verb="publish", source="materials", object_id=material.pk, actor=material.author).count() == 1


def test_a_second_press_on_publish_changes_nothing(signed_in):
    share(signed_in, *plan())
    material = Material.objects.get()
    for _press in range(2):
        signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, publish="1"))
    assert Material.objects.count() == 1
    assert Act.objects.filter(verb="publish").count() == 1


def test_publishing_says_what_is_missing_and_keeps_what_was_typed(signed_in, teacher):
    material = actions.start_material(teacher, language="kk")
    answer = signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, description="Ойдан шыққан идея", publish="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ойдан шыққан идея" in page
    assert page.count("field-error") >= 3
    again = signed_in.post(
        f"/kk/materials/{material.pk}/edit/",
        details(
            Material.objects.get(),
            title="Идея",
            type=MaterialType.objects.get(code="article").pk,
            subjects=[Subject.objects.get(code="physics").pk],
            publish="1",
        ),
    )
    assert again.status_code == 302
    assert Material.objects.get().is_published


def test_the_refused_form_can_be_sent_again_as_it_is(signed_in, teacher):
    """The page after a refusal carries the new revision: sending it again is not taken for a second window."""
    material = actions.start_material(teacher, language="kk")
    page = signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, publish="1")).content.decode()
    stored = Material.objects.get()
    assert f'name="revision" value="{stored.revision}"' in page


def test_two_windows_lose_nothing(signed_in, teacher):
    material = make_material(teacher, published=False)
    first = details(material)
    signed_in.post(f"/kk/materials/{material.pk}/edit/", first | {"title": "Бірінші терезе"})
    answer = signed_in.post(f"/kk/materials/{material.pk}/edit/", first | {"title": "Екінші терезе"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Екінші терезе" in page and "Бірінші терезе" in page
    material.refresh_from_db()
    assert material.title == "Бірінші терезе"
    assert f'name="revision" value="{material.revision}"' in page


def test_a_link_or_only_words_start_a_draft_too(signed_in):
    signed_in.post("/kk/materials/share/", {"link": "1", "address": "example.org/video"})
    signed_in.post("/kk/materials/share/", {"words": "1"})
    assert [link.address for link in Material.objects.order_by("pk")[0].links.all()] == ["https://example.org/video"]
    assert Material.objects.count() == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "бұл сілтеме емес", "ftp://example.org/x y"])
def test_a_bad_link_is_refused_and_stays_in_the_field(signed_in, address):
    answer = signed_in.post("/kk/materials/share/", {"link": "1", "address": address})
    assert answer.status_code == 422
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("bos.docx", b""), ("virus.exe", b"MZ" + b"\0" * 100), ("jalgan.pdf", b"<html>"), ("x" * 300 + ".docx", b"PK")]
)
def test_a_refused_file_gets_a_word_in_the_readers_language(signed_in, name, content):
    answer = share(signed_in, name, content)
    assert answer.status_code == 422
    assert "notice-danger" in answer.content.decode()
    assert not Material.objects.exists() and not File.objects.exists()


def test_a_second_file_that_is_refused_leaves_the_material_alone(signed_in, teacher):
    material = make_material(teacher, published=False, files=[plan()])
    answer = signed_in.post(f"/kk/materials/{material.pk}/files/", {"file": uploaded("bos.docx", b"")}, follow=True)
    assert "notice-danger" in answer.content.decode()
    assert material.files.count() == 1


def test_a_removed_file_is_gone_with_its_words(signed_in, teacher):
    material = make_material(teacher, files=[plan()])
    file = material.files.get().file
    assert signed_in.get("/kk/search/?q=динамометр").content.decode().count('class="row"') == 1
    signed_in.post(f"/kk/materials/{material.pk}/files/{file.pk}/remove/")
    assert not material.files.exists()
    assert signed_in.get("/kk/search/?q=динамометр").content.decode().count('class="row"') == 0


def test_trash_and_back(signed_in, teacher, client):
    material = make_material(teacher)
    address = f"/kk/materials/{material.pk}/"
    signed_in.post(f"{address}trash/")
    signed_in.logout()
    assert client.get(address).status_code == 404
    client.force_login(teacher)
    client.post(f"{address}restore/")
    material.refresh_from_db()
    assert material.state == Material.State.DRAFT


def test_my_materials_stand_by_state(signed_in, teacher):
    draft, published = make_material(teacher, title="Қаралама", published=False), make_material(teacher, title="Жарияланған")
    trashed = actions.trash_material(teacher, make_material(teacher, title="Қоқыстағы"))
    page = signed_in.get("/kk/materials/mine/").content.decode()
    assert draft.title in page and published.title in page and trashed.title not in page
    assert trashed.title in signed_in.get("/kk/materials/mine/?state=trashed").content.decode()


def test_long_lists_go_on_without_gaps(signed_in, teacher):
    for number in range(45):
        make_material(teacher, title=f"№ {number} материал", published=False)
    seen, address = [], "/kk/materials/mine/"
    while address:
        answer = signed_in.get(address)
        seen += [row["material"].pk for row in answer.context["rows"]]
        address = answer.context["older_url"]
    assert len(seen) == len(set(seen)) == 45


def test_tags_of_two_spellings_are_one(signed_in, teacher):
    first = make_material(teacher, tags=["Серіппе", "күш"])
    second = make_material(teacher, tags=["серіппе"])
    assert second.tags.get() in first.tags.all()


def test_the_form_waits_for_a_file_that_is_being_read(signed_in, teacher):
    material = make_material(teacher, published=False, files=[plan()])
    file = material.files.get().file
    File.objects.filter(pk=file.pk).update(state=File.State.WAITING)
    assert "every 600ms" in signed_in.get(f"/kk/materials/{material.pk}/edit/").content.decode()
    assert signed_in.get(f"/kk/materials/{material.pk}/details/").status_code == 204
    File.objects.filter(pk=file.pk).update(state=File.State.READ)
    answer = signed_in.get(f"/kk/materials/{material.pk}/details/", {"title": "Теріп жатқан атау"})
    assert 'value="Теріп жатқан атау"' in answer.content.decode()
    assert "every 600ms" not in answer.content.decode()


def test_a_school_material_needs_a_school(signed_in, teacher):
    material = make_material(teacher, published=False, audience="school")
    answer = signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, publish="1"))
    assert answer.status_code == 422
    school = make_school()
    member = make_person("member@example.org", school=school)
    assert make_material(member, audience="school").school == school


def test_addresses_of_others_do_not_exist(client, teacher):
    material = make_material(teacher, published=False)
    client.force_login(make_person("other@example.org"))
    for name in ("edit_material", "material_details", "add_material_file"):
        assert client.get(reverse(name, args=[material.pk])).status_code in (404, 405)
    assert client.post(f"/kk/materials/{material.pk}/edit/", details(material, title="Бұзылған")).status_code == 404
