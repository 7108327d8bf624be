"""What the words of a query are understood to name: by the facets as they are registered, then on the results page."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.actions import put_vocabulary
from portal.demo import make_person
from portal.models import SavedSearch, Subject
from resources.demo import make_material
from search import sources
from search.understanding import understand

pytestmark = pytest.mark.django_db

UNDERSTOOD = [
    ("7 сынып физика презентация", "grade:7 subject:physics type:presentation"),
    ("физика 7 класс СОР", "grade:7 subject:physics type:unit-summative"),
    ("grade 7 physics worksheet", "grade:7 subject:physics type:worksheet"),
    ("физикадан 7-сыныпқа СОР", "grade:7 subject:physics type:unit-summative"),
    ("ФИЗИКАДАН 7СЫНЫПКА БЖБ", "grade:7 subject:physics type:unit-summative"),
    ("казак тилинен бжб 5 сынып", "grade:5 subject:kazakh-language type:unit-summative"),
    ("Қазақ тілі. 5 «Ә» сынып. ҚМЖ", "grade:5 subject:kazakh-language type:lesson-plan"),
    ("7th grade maths slides", "grade:7 subject:mathematics type:presentation"),
    ("English lesson plan grade 4", "grade:4 subject:english type:lesson-plan"),
    ("7-9 класс алгебра", "grade:7 grade:8 grade:9 subject:algebra"),
    ("5, 6 және 7-сынып математика", "grade:5 grade:6 grade:7 subject:mathematics"),
    ("grades 7 and 8 chemistry lab work", "grade:7 grade:8 subject:chemistry type:lab-work"),
    ("жетінші сынып биология", "grade:7 subject:biology"),
    ("седьмого класса геометрия СОЧ", "grade:7 subject:geometry type:term-summative"),
    ("8-ші сыныпқа арналған тест", "grade:8"),
    ("БЖБ 2 7 сынып", "grade:7 type:unit-summative"),
    ("СОРдан 8 кл", "grade:8 type:unit-summative"),
    ("рабочие листы по химии 9 класс", "grade:9 subject:chemistry type:worksheet"),
    ("план урока по истории Казахстана", "subject:history-kazakhstan type:lesson-plan"),
    ("Қазақстан тарихынан ашық сабақ 8 сынып", "grade:8 subject:history-kazakhstan type:open-lesson"),
    ("открытый урок по физ-ре", "subject:physical-education type:open-lesson"),
    ("Т2 5 сынып", "grade:5 subject:kazakh-second"),
    ("жаратылыстану 3-сынып жұмыс парағы", "grade:3 subject:natural-science type:worksheet"),
    # A language and a subject differ by an ending or a preposition.
    ("ағылшын тілі 3 сынып", "grade:3 subject:english"),
    ("химия ағылшын тілінде", "language:en subject:chemistry"),
    ("физика на английском 8 класс", "grade:8 language:en subject:physics"),
    ("тест по английскому 5 класс", "grade:5 subject:english"),
    ("русский язык 6 класс", "grade:6 subject:russian-language"),
    ("физика на русском языке", "language:ru subject:physics"),
    ("қазақша физика", "language:kk subject:physics"),
    ("физика қазақ тілінде", "language:kk subject:physics"),
    # Places and networks
    ("Алматы қаласы", "region:75"),
    ("алматы облысы мұғалімдері", "region:19"),
    ("Карагандада НИШ", "network:nis region:35"),
    # What looks like them and is not
    ("", ""),
    ("7", ""),
    ("бөлшек", ""),
    ("Абай Құнанбайұлы", ""),
    ("Жамбыл жырлары", ""),
    ("қала тарихы", ""),
    ("fizika 7-synyp prezentatsiia", "grade:7 subject:physics type:presentation"),
    ("himia 8 klass", "grade:8 subject:chemistry"),
    ("географиялық карта", ""),
    ("геометриялық прогрессия", ""),
    ("музейге саяхат", ""),
    ("классный час", ""),
    ("в классе 5 человек", ""),
    ("law of motion", ""),
    ("№ 7 мектеп", ""),
    ("сыныптан тыс жұмыс", ""),
    ("қазақ халқы", ""),
    ("русские народные сказки", ""),
    ("?!", ""),
]


def all_facets():
    return {facet.name: facet for source in sources.registered() for facet in source.facets}.values()


def test_words_name_codes():
    got = [(text, " ".join(sorted(f"{one.facet}:{one.code}" for one in understand(text, all_facets())))) for text, _codes in UNDERSTOOD]
    assert got == UNDERSTOOD


def test_the_words_themselves_are_told():
    assert [one.words for one in understand("Физикадан  7 «Ә» сыныпқа СОР-дан", all_facets())] == ["Физикадан", "7 «Ә» сыныпқа", "СОР"]


def test_a_subject_is_understood_by_the_name_that_it_has_now():
    assert understand("табиғат күштері", all_facets()) == []
    physics = Subject.objects.get(code="physics")
    physics.name_kk = "Табиғат күштері (ТК)"
    put_vocabulary(physics)
    assert [one.code for text in ("табиғат күштерінен", "ТК", "Физика") for one in understand(text, all_facets())] == ["physics"] * 3


@pytest.fixture
def shelf():
    author = make_person()
    make_material(author, title="Қысым", subjects=["physics"], grades=[7], type="presentation", description="Сұйықтағы қысым")
    make_material(author, title="7 сынып физика презентация", subjects=["chemistry"], grades=[9])
    return author


def understood(page: str) -> list[tuple[str, str, str]]:
    """Of each chip: its text, where it narrows, where it was not named."""
    return re.findall(r'<li class="chip chip-understood"><a href="([^"]+)"[^>]*>([^<]+)<.*?</a><a href="([^"]+)"', page)


def test_chips_lift_narrow_or_are_taken_away(client, shelf):
    asked = {"q": "7 сынып физика презентация"}
    page = client.get("/kk/search/", asked).content.decode()
    assert [text for _confirm, text, _refuse in understood(page)] == ["7-сынып", "Физика", "Таныстырылым"]
    # Nothing is lost: both are found, what was asked for stands first.
    assert page.index("Қысым") < page.index("9-сынып", page.index('class="rows"'))

    confirm, _text, refuse = understood(page)[1]
    assert parse_qs(urlsplit(confirm.replace("&amp;", "&")).query)["subject"] == ["physics"]
    narrowed = client.get(confirm.replace("&amp;", "&")).content.decode()
    assert [text for _confirm, text, _refuse in understood(narrowed)] == ["7-сынып", "Таныстырылым"]
    assert narrowed.count('class="row"') == 1

    refused = client.get(refuse.replace("&amp;", "&")).content.decode()
    assert [text for _confirm, text, _refuse in understood(refused)] == ["7-сынып", "Таныстырылым"]
    assert refused.count('class="row"') == 2
    # It stays so as she goes on, and falls out once the words say it no more.
    again = understood(refused)[0][2].replace("&amp;", "&")
    assert parse_qs(urlsplit(again).query)["plain"] == ["subject:physics", "grade:7"]
    assert 'name="plain" value="subject:physics"' in refused
    other = client.get("/kk/search/", {"q": "физика", "plain": ["grade:7", "<b>"]}).content.decode()
    assert "plain=grade" not in " ".join(understood(other)[0])


def test_a_facet_she_chose_herself_is_not_understood_again(client, shelf):
    page = client.get("/kk/search/", {"q": "7 сынып физика", "grade": "9"}).content.decode()
    assert [text for _confirm, text, _refuse in understood(page)] == ["Физика"]


def test_words_that_are_guessed_are_understood_too(client, shelf):
    page = client.get("/kk/search/", {"q": "abpbrf 7 rkfcc"}).content.decode()
    assert [text for _confirm, text, _refuse in understood(page)] == ["Физика", "7-сынып"]
    assert "Сұрағаныңыздай: 7-сынып, Физика" in page or "Сұрағаныңыздай: Физика, 7-сынып" in page


def test_a_saved_search_keeps_what_was_confirmed_alone(client, shelf):
    client.force_login(shelf)
    page = client.get("/kk/search/", {"q": "7 сынып физика", "subject": "physics", "plain": "grade:7"}).content.decode()
    address = re.search(r'(?:action|href)="(/kk/searches/save/[^"]*)"', page).group(1).replace("&amp;", "&")
    client.post(address, {"name": "Физика"})
    saved = SavedSearch.objects.get()
    assert (saved.text, saved.facets) == ("7 сынып физика", {"subject": ["physics"]})
    assert not saved.wished.named
    assert not saved.wished.own
