"""Editors say what is meant by other words, and readers find it at once."""

import pytest
from django.urls import reverse

from portal.demo import make_person
from portal.models import Act
from portal.preparation import load_synonyms
from resources.demo import make_material
from search.models import Synonym

from .newsroom import make_worker, signed_in

pytestmark = pytest.mark.django_db


def found(client, text: str) -> int:
    return client.get("/kk/search/", {"q": text, "typed": "1"}).context["results"].total


def test_what_an_editor_writes_is_found_at_once(client, django_capture_on_commit_callbacks):
    make_material(make_person(), title="Жазғы лагерь", description="Балаларға.")
    editor = signed_in(make_worker("Editors"))
    assert found(client, "каникулы") == 0
    form = {"words": "каникулы", "language": "ru", "also": "жазғы лагерь", "also_language": "kk", "weight": "2"}
    assert "weight" in editor.post(reverse("synonym:add"), form).context["form"].errors
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("synonym:add"), form | {"weight": "0.4"})
    synonym = Synonym.objects.get(words="каникулы")
    assert found(client, "каникулы") == 1
    assert "каникулы" in editor.get(reverse("synonym:index"), {"q": "КАНИК"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(reverse("synonym:delete", args=[synonym.pk]))
    assert found(client, "каникулы") == 0
    assert list(Act.objects.filter(source="synonyms").values_list("verb", flat=True)) == ["remove", "add"]


def test_a_new_portal_knows_the_short_names_of_documents(client):
    load_synonyms()
    load_synonyms()
    author = make_person()
    make_material(author, title="БЖБ тапсырмалары", description="Физикадан.", type="worksheet", subjects=("physics",), grades=(7,))
    assert Synonym.objects.filter(words="СОР").count() == 1
    assert found(client, "СОР") == 1
    # The names of the vocabularies in all languages stand beside the text
    results = client.get("/kk/search/", {"q": "физика 7 класс"}).context["results"]
    assert (results.total, results.guess) == (1, None)
