"""What others see of a material: the page, the files, who may and who may not; saving, thanking, reporting, hiding."""

import pytest
from django.core.management import call_command

from portal import actions as portal_actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.models import Role, User
from resources import actions
from resources.demo import make_material
from resources.demo_files import FileSpec, build_file
from resources.models import Material, Saved

pytestmark = pytest.mark.django_db


def handout(name: str = "tapsyrma", format: str = "pdf"):
    body = "# Тапсырма\nБөлшектерді салыстырыңыз: бір екіден, екі үштен."
    return build_file(FileSpec(name=name, format=format, title="Тапсырма", language="kk", author="А. Б.", body=body))


@pytest.fixture
def author():
    return make_person()


@pytest.fixture
def reader():
    return make_person("reader@example.org", given_name="Марат", family_name="Әлімов")


@pytest.fixture
def administrator():
    return make_administrator()


def find(client, words: str) -> int:
    return client.get("/kk/search/", {"q": words}).context["results"].total


def test_the_page_says_what_who_licence_and_size(client, author):
    material = make_material(author, title="Бөлшектер", files=[handout()], tags=["бөлшек"])
    page = client.get(f"/kk/materials/{material.pk}/").content.decode()
    for said in ("Бөлшектер", author.full_name, "CC BY 4.0", "КБ", "tapsyrma.pdf", "preview/", 'property="og:title"'):
        assert said in page


@pytest.mark.parametrize("changed", [{}, {"is_active": False}, {"family_name": ""}])
@pytest.mark.parametrize("viewer", ["guest", "author"])
def test_the_author_is_a_link_exactly_where_her_page_answers(client, author, changed, viewer):
    material = make_material(author)
    if viewer == "author":
        client.force_login(author)
    User.objects.filter(pk=author.pk).update(**changed)
    her_page = f"/kk/people/{author.pk}/"
    author_line = client.get(f"/kk/materials/{material.pk}/").content.decode().partition('<dl class="facts">')[2].partition("</div>")[0]
    assert author.given_name in author_line
    assert (f'href="{her_page}"' in author_line) is (client.get(her_page).status_code == 200)


def test_a_file_is_given_out_under_its_own_name(client, author):
    name, content = handout("тапсырма №1")
    material = make_material(author, files=[(name, content)])
    answer = client.get(f"/kk/materials/{material.pk}/files/{material.files.get().file_id}/")
    assert b"".join(answer.streaming_content) == content
    assert "filename*=" in answer["Content-Disposition"]


@pytest.mark.parametrize("audience", ["members", "school", "me"])
def test_what_is_not_public_does_not_exist_for_guests(client, audience):
    author = make_person(school=make_school())
    material = make_material(author, audience=audience, files=[handout()])
    file = material.files.get().file_id
    for address in ("", f"files/{file}/", f"files/{file}/preview/"):
        assert client.get(f"/kk/materials/{material.pk}/{address}").status_code == 404
    assert find(client, "бөлшектерді") == 0


def test_my_school_means_confirmed_colleagues(client, administrator):
    school, other = make_school(), make_school("test-2")
    material = make_material(make_person(school=school), audience="school")
    colleague = make_person("colleague@example.org", school=school, confirmed_by=administrator)
    newcomer = make_person("newcomer@example.org", school=school)
    stranger = make_person("stranger@example.org", school=other, confirmed_by=administrator)
    seen = {}
    for person in (colleague, newcomer, stranger):
        client.force_login(person)
        seen[person.email] = (client.get(f"/kk/materials/{material.pk}/").status_code, find(client, "бөлшектер"))
    assert seen == {colleague.email: (200, 1), newcomer.email: (404, 0), stranger.email: (404, 0)}


@pytest.mark.parametrize("type", ["unit-summative", "term-summative"])
def test_summative_assessments_are_for_verified_teachers_only(client, author, reader, administrator, type):
    material = make_material(author, type=type)
    assert client.get(f"/kk/materials/{material.pk}/").status_code == 404
    client.force_login(reader)
    assert client.get(f"/kk/materials/{material.pk}/").status_code == 404
    assert find(client, "бөлшектер") == 0
    client.force_login(make_person("verified@example.org", school=make_school(), confirmed_by=administrator))
    assert client.get(f"/kk/materials/{material.pk}/").status_code == 200
    assert find(client, "бөлшектер") == 1


def test_narrowing_the_audience_takes_effect_at_once(client, author):
    material = make_material(author)
    assert find(client, "бөлшектер") == 1
    kept = {"subjects": material.subjects.all(), "grades": material.grades.all(), "objectives": [], "tags": []}
    actions.change_material(author, material, revision=material.revision, audience="me", **kept)
    assert find(client, "бөлшектер") == 0


def test_saving_and_forgetting(client, author, reader):
    material = make_material(author)
    client.force_login(reader)
    for _press in range(2):
        client.post(f"/kk/materials/{material.pk}/keep/")
    assert Saved.objects.filter(user=reader).count() == 1
    assert material.title in client.get("/kk/materials/saved/").content.decode()
    client.post(f"/kk/materials/{material.pk}/keep/", {"forget": "1"})
    assert material.title not in client.get("/kk/materials/saved/").content.decode()


def test_a_saved_material_that_was_withdrawn_is_not_shown(client, author, reader):
    material = make_material(author)
    actions.save_for_later(reader, material)
    actions.unpublish_material(author, material)
    client.force_login(reader)
    assert material.title not in client.get("/kk/materials/saved/").content.decode()


def test_thanks_count_people(client, author, reader):
    material = make_material(author)
    client.force_login(reader)
    for _press in range(3):
        client.post(f"/kk/materials/{material.pk}/thank/")
    material.refresh_from_db()
    assert material.thanks_count == 1
    client.post(f"/kk/materials/{material.pk}/thank/", {"take_back": "1"})
    material.refresh_from_db()
    assert material.thanks_count == 0


def test_nobody_thanks_herself(client, author):
    material = make_material(author)
    client.force_login(author)
    assert client.post(f"/kk/materials/{material.pk}/thank/").status_code == 403


def test_htmx_gets_the_buttons_alone(client, author, reader):
    material = make_material(author)
    client.force_login(reader)
    answer = client.post(f"/kk/materials/{material.pk}/thank/", headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<div class="buttons" id="deeds">')
    assert 'name="take_back"' in answer.content.decode()


def test_hiding_needs_a_reason_and_a_role(client, author, reader, administrator):
    material = make_material(author)
    client.force_login(administrator)
    assert client.post(f"/kk/materials/{material.pk}/hide/", {"decision": "rights", "note": " "}).status_code == 422
    client.force_login(reader)
    client.post(f"/kk/materials/{material.pk}/hide/", {"decision": "rights", "note": "Ұнамайды"})
    assert Material.objects.get().hidden_at is None


def test_hostile_description_is_shown_harmless(client, author):
    hostile = "<script>alert(1)</script> [сілтеме](javascript:alert(1)) <img src=x onerror=alert(1)> **қалың**"
    material = make_material(author, description=hostile, title="<b>Тақырып</b>")
    page = client.get(f"/kk/materials/{material.pk}/").content.decode()
    assert "<script>alert" not in page and 'href="javascript:' not in page and "<img src=x" not in page
    assert "<strong>қалың</strong>" in page and "&lt;b&gt;Тақырып" in page


def test_a_profile_shows_materials_that_the_reader_may_see(client, author):
    shown, hidden = make_material(author, title="Көрінетін"), make_material(author, title="Жасырын", audience="me")
    page = client.get(f"/kk/people/{author.pk}/").content.decode()
    assert shown.title in page and hidden.title not in page


def test_the_author_becomes_a_former_colleague(client, author):
    material = make_material(author)
    author.delete()
    page = client.get(f"/kk/materials/{material.pk}/")
    assert page.status_code == 200


def test_the_coordinator_of_another_school_confirms_nobody(client, administrator):
    school, other = make_school(), make_school("test-2")
    teacher = make_person(school=school)
    coordinator = make_role(make_person("c@example.org", school=other), Role.Name.COORDINATOR, f"school:{other.pk}")
    client.force_login(coordinator)
    position = teacher.positions.get()
    assert client.post(f"/kk/confirmations/{position.pk}/confirm/").status_code == 404
    make_role(coordinator, Role.Name.COORDINATOR, f"school:{school.pk}")
    assert client.post(f"/kk/confirmations/{position.pk}/confirm/").status_code == 302
    position.refresh_from_db()
    assert position.confirmed_by == coordinator


def test_a_new_name_stands_in_the_rows_of_her_materials(client, author):
    make_material(author)
    portal_actions.change_profile(author, family_name="Жаңабаева")
    assert "Жаңабаева" in client.get("/kk/materials/").content.decode()


def test_wrong_counters_are_found_and_repaired(author, reader, capsys):
    material = make_material(author)
    actions.thank(reader, material)
    Material.objects.update(thanks_count=7)
    call_command("check_resources")
    assert "says 7 thanks, has 1" in capsys.readouterr().out
    call_command("check_resources", fix=True)
    assert Material.objects.get().thanks_count == 1


def test_the_page_of_a_hit_says_where_the_words_stand(client, author):
    material = make_material(author, files=[handout()])
    hits = client.get("/kk/search/", {"q": "салыстырыңыз"})
    assert f"/kk/materials/{material.pk}/?q=%D1%81" in hits.content.decode()
    page = client.get(f"/kk/materials/{material.pk}/", {"q": "салыстырыңыз"}).content.decode()
    assert "<mark>салыстырыңыз</mark>" in page and "tapsyrma.pdf" in page.split("<mark>салыстырыңыз</mark>")[1]


def test_a_tab_keeps_the_counts_of_the_others(client, author):
    make_material(author)
    tabs = client.get("/kk/search/", {"q": "бөлшек", "in": "pages"}).context["tabs"]
    assert [tab.get("count") for tab in tabs if tab["label"] == "Материалдар"] == [1]


@pytest.mark.parametrize("words", ["математика", "5 сынып", "поурочный", "lesson plan", "КСП 5 класс"])
def test_subject_grade_and_type_are_words_to_find_by(client, author, words):
    make_material(author, title="Үлкені қайсысы?", description="Екі санның үлкенін табамыз.")
    assert find(client, words) == 1


def test_no_cache_on_the_way_keeps_a_page_of_a_signed_in_person(client, author):
    material = make_material(author, files=[handout()], audience="members")
    addresses = ["", f"files/{material.files.get().file_id}/", f"files/{material.files.get().file_id}/preview/"]
    client.force_login(author)
    for address in addresses:
        assert "private" in client.get(f"/kk/materials/{material.pk}/{address}")["Cache-Control"]
