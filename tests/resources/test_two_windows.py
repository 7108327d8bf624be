"""The same material in two windows, a form that is sent twice, a page that was left open: nothing is lost, nothing happens by surprise."""

import re
from functools import partial

import pytest

from portal import actions as portal_actions
from portal.demo import make_administrator, make_person, make_school
from resources.demo import make_material
from resources.models import Material, Tag
from tests.portal.sample_files import MP4, make_pdf
from tests.together import together

from .test_sharing import details

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return make_person(subjects=["mathematics"], languages=["kk"])


@pytest.fixture
def signed_in(client, teacher):
    client.force_login(teacher)
    return client


def stored(material: Material) -> Material:
    return Material.objects.get(pk=material.pk)


@pytest.mark.parametrize("button", ["save", "publish"])
def test_the_second_press_of_a_double_click_is_answered_like_the_first(signed_in, teacher, button):
    material = make_material(teacher, published=False)
    sent = details(material, title="Бөлшектер", tags="ойын, бөлшек", **{button: "1"})
    answers = [signed_in.post(f"/kk/materials/{material.pk}/edit/", sent) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302] and answers[0].url == answers[1].url
    assert stored(material).revision == material.revision + 1


def test_a_form_filled_while_a_file_is_read_still_knows_when_it_was_opened(signed_in, teacher):
    material = make_material(teacher, published=False, files=[("жоспар.pdf", make_pdf())])
    opened = material.revision
    signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, title="Басқа терезеде", save="1"))
    typed = signed_in.get(f"/kk/materials/{material.pk}/details/", details(material, title="Осы терезеде")).content.decode()
    assert "Осы терезеде" in typed and f'name="revision" value="{opened}"' in typed
    assert signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, title="Осы терезеде", save="1")).status_code == 422
    assert stored(material).title == "Басқа терезеде"


@pytest.mark.parametrize(("typed", "shown"), [("kk", "ru"), ("en", "en")])
def test_the_language_of_the_file_goes_before_that_of_the_page_but_not_before_a_choice(signed_in, teacher, typed, shown):
    material = make_material(teacher, published=False, language="ru", files=[("план.pdf", make_pdf())])
    page = signed_in.get(f"/kk/materials/{material.pk}/details/", {"language": typed}).content.decode()
    assert re.search(rf'name="language" value="{shown}"[^>]* checked', page)


def test_a_window_that_was_left_open_moves_nothing(signed_in, teacher):
    published, trashed = make_material(teacher), make_material(teacher)
    signed_in.post(f"/kk/materials/{trashed.pk}/trash/")
    signed_in.post(f"/kk/materials/{published.pk}/restore/")
    signed_in.post(f"/kk/materials/{trashed.pk}/unpublish/")
    assert (stored(published).state, stored(trashed).state) == ("published", "trashed")


def test_the_only_content_of_a_published_material_is_not_taken_away(signed_in, teacher):
    material = make_material(teacher, description="", files=[("жоспар.pdf", make_pdf())], links=[])
    removed = signed_in.post(f"/kk/materials/{material.pk}/files/{material.files.get().file_id}/remove/", follow=True)
    assert "Файл, сілтеме немесе сипаттама қосыңыз" in removed.content.decode()
    linked = make_material(teacher, description="", links=[("https://example.org/", "")])
    signed_in.post(f"/kk/materials/{linked.pk}/links/{linked.links.get().pk}/remove/")
    assert material.files.count() == linked.links.count() == 1


def test_my_school_is_where_the_author_works_now(signed_in, teacher):
    administrator, old, new = make_administrator(), make_school("old"), make_school("new")
    colleagues = [make_person(f"{school.code}@example.org", school=school, confirmed_by=administrator) for school in (old, new)]
    portal_actions.take_position(teacher, school=old, post="teacher")
    drafts = [make_material(teacher, published=False), make_material(teacher)]
    portal_actions.take_position(teacher, school=new, post="teacher")
    for material in drafts:
        signed_in.post(f"/kk/materials/{material.pk}/edit/", details(material, audience="school", publish="1"))
        seen = [Material.objects.visible_to(colleague).filter(pk=material.pk).exists() for colleague in colleagues]
        assert seen == [False, True]


def test_a_file_without_a_picture_has_none_to_show(client, teacher):
    material = make_material(teacher, files=[("сабақ.mp4", MP4)])
    assert client.get(f"/kk/materials/{material.pk}/files/{material.files.get().file_id}/preview/").status_code == 404


def test_looking_for_an_objective_without_words_finds_nothing(signed_in, teacher):
    material = make_material(teacher, published=False)
    assert signed_in.post(f"/kk/materials/{material.pk}/edit/", {"find": "objective"}).status_code == 200


def test_the_page_of_an_author_who_was_shut_out_is_not_linked(client, teacher):
    material = make_material(teacher)
    page = f"/kk/people/{teacher.pk}/"
    assert page in client.get(f"/kk/materials/{material.pk}/").content.decode()
    portal_actions.change_access(make_administrator(), teacher, is_active=False, groups=[])
    shown = client.get(f"/kk/materials/{material.pk}/").content.decode()
    assert page not in shown and teacher.family_name in shown


def test_who_cares_for_materials_is_not_offered_to_hide_her_own(client):
    administrator = make_administrator()
    material = make_material(administrator)
    client.force_login(administrator)
    assert f"/materials/{material.pk}/hide/" not in client.get(f"/kk/materials/{material.pk}/").content.decode()
    assert client.get(f"/kk/materials/{material.pk}/hide/").url == f"/kk/materials/{material.pk}/"


@pytest.mark.parametrize("facet", ["subject", "grade", "type", "language"])
def test_a_code_that_no_database_can_keep_finds_nothing(client, facet):
    assert client.get(f"/kk/materials/?{facet}=%00").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_authors_give_the_same_new_tags_at_once():
    names = [f"тег {letter}" for letter in "абвгдежзик"]
    authors = [make_person(f"author-{number}@example.org") for number in range(2)]
    given = zip(authors, (names, names[::-1]), strict=True)
    together(*(partial(make_material, author, tags=tags) for author, tags in given))
    assert Tag.objects.count() == len(names)
