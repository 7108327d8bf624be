"""The catalogue of programmes and cohorts, the page of a programme, how both are found."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from leaders import actions
from leaders.demo import make_cohort, make_programme, make_programme_page, make_version
from leaders.models import CataloguePage, Cohort, ProgrammePage
from portal.demo import make_administrator, make_person
from portal.models import Region
from search.models import Entry

pytestmark = pytest.mark.django_db


def listed(client, **asked) -> list[int]:
    answer = client.get("/kk/leaders/", asked)
    assert answer.status_code == 200
    return [hit.entry.object_id for hit in answer.context["results"]]


def found(client, source: str, word: str, language: str = "kk") -> list[int]:
    answer = client.get(f"/{language}/search/", {"q": word, "in": source})
    return [hit.entry.object_id for hit in answer.context["results"]]


@pytest.fixture
def region() -> Region:
    return Region.objects.get(code="11")


def test_the_catalogue_lists_what_is_announced(client):
    shown, draft, cancelled = make_cohort(), make_cohort(state="draft"), make_cohort(state="cancelled")
    assert listed(client) == [shown.pk]
    actions.move_cohort(None, draft, "published")
    assert set(listed(client)) == {shown.pk, draft.pk}
    actions.move_cohort(None, draft, "draft")
    assert listed(client) == [shown.pk]
    assert cancelled.pk not in listed(client)


def test_cohorts_are_narrowed_by_level_region_language_format_and_applications(client, region):
    expert = make_version(make_programme("experts", level="expert", name_kk="Сарапшылар"))
    first = make_cohort(region=region, languages=["kk"], format="online")
    second = make_cohort(expert, languages=["ru", "en"], state="published")
    running = make_cohort(expert, languages=["ru"], state="running")
    assert listed(client, level="basic") == [first.pk]
    assert set(listed(client, level="expert")) == {second.pk, running.pk}
    assert listed(client, region="11") == [first.pk]
    assert set(listed(client, language="ru")) == {second.pk, running.pk}
    assert listed(client, format="online") == [first.pk]
    assert [listed(client, applications=when) for when in ("open", "ahead", "over")] == [[first.pk], [second.pk], [running.pk]]
    assert listed(client, applications="open", level="expert") == []


@pytest.mark.parametrize("word", ["Арқа", "Қостанай", "Лидер изменений", "arka"])
def test_a_cohort_is_found_by_its_names_its_place_and_its_programme(client, word):
    cohort = make_cohort(name_kk="Арқа легі", name_ru="Поток Арка", name_en="Arka cohort", place="Қостанай, № 5 мектеп")
    assert listed(client, q=word) == found(client, "cohorts", word) == [cohort.pk]


def test_what_changes_in_a_cohort_is_found_at_once(client):
    cohort = make_cohort()
    actions.change_cohort(None, cohort, name_kk="Сарыарқа легі", languages=["en"])
    assert listed(client, q="Сарыарқа") == listed(client, language="en") == [cohort.pk]
    assert listed(client, language="kk") == []


def test_the_row_says_until_when_applications_are_taken(client):
    make_cohort(closes_at=timezone.now() + timedelta(days=3))
    day = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%d.%m.%Y")
    assert day in client.get("/kk/leaders/").content.decode()


def test_the_index_is_written_anew_from_the_rows(client):
    cohort = make_cohort()
    page = make_programme_page(cohort.version.programme)
    before = sorted(Entry.objects.filter(source__in=("programmes", "cohorts")).values_list("source", "object_id", "title"))
    assert before == [("cohorts", cohort.pk, cohort.name_kk), ("programmes", page.programme_id, page.title)]
    Entry.objects.all().delete()
    call_command("rebuild_index", verbosity=0)
    assert sorted(Entry.objects.filter(source__in=("programmes", "cohorts")).values_list("source", "object_id", "title")) == before


def test_above_the_cohorts_stand_the_programmes(client):
    programme = make_cohort().version.programme
    for language in ("kk", "ru", "en"):
        page = make_programme_page(programme, language)
        answer = client.get(f"/{language}/leaders/")
        assert [shown.pk for shown in answer.context["programmes"]] == [page.pk]
        assert page.url in answer.content.decode()
    assert "programmes" not in client.get("/kk/leaders/", {"level": "basic"}).context


def test_catalogue_and_programme_cost_the_same_for_many_cohorts(client):
    version = make_version()
    pages = [make_programme_page(version.programme, language) for language in ("kk", "ru", "en")]
    make_cohort(version)
    member = Client()
    member.force_login(make_person())

    def costs() -> dict[tuple, int]:
        return {(who, address): cost_of(reader, address) for who, reader in readers for address in ("/kk/leaders/", pages[0].url)}

    readers = [("guest", client), ("member", member)]
    few = costs()
    for _time in range(19):
        make_cohort(version)
    assert costs() == few
    assert {key: number for key, number in few.items() if number > {"guest": 6, "member": 9}[key[0]]} == {}


# The page of a programme


def test_a_page_says_what_the_programme_is_and_which_cohorts_are_open(client, region):
    version = make_version(hours=240)
    page = make_programme_page(
        version.programme,
        for_whom="<p>Мектеп басшылығына дайындалып жүргендерге.</p>",
        stages=[("stage", {"title": "Тағылымдама", "lasts": "екі апта", "text": "Жетекші мектепте."})],
        people=[("person", {"name": "Сәуле Төлеген", "does": "бағдарлама жетекшісі"})],
        questions=[("question", {"question": "Ақылы ма?", "answer": "<p>Тегін.</p>"})],
    )
    over, taking = make_cohort(version, state="closed", name_kk="Былтырғы лек"), make_cohort(version, region=region)
    make_cohort(version, state="draft", name_kk="Жасырын лек")
    answer = client.get(page.url)
    text = answer.content.decode()
    for words in ("240", "дайындалып жүргендерге", "Тағылымдама", "екі апта", "Сәуле Төлеген", "Ақылы ма?", "Тегін.", "Рефлексиялық есеп"):
        assert words in text
    assert answer.context["cohorts"] == [taking, over]
    assert "Жасырын лек" not in text


def test_a_page_stands_under_the_catalogue_in_the_three_languages(client):
    programme = make_cohort().version.programme
    kazakh = make_programme_page(programme)
    russian = make_programme_page(programme, "ru", translation_of=kazakh)
    assert kazakh.url.startswith("/kk/leaders/") and russian.url.startswith("/ru/leaders/")
    links = {link["code"]: link["url"] for link in client.get(kazakh.url).context["language_links"]}
    assert links["ru"] == russian.url and links["kk"] == kazakh.url
    assert client.get(CataloguePage.objects.get(locale__language_code="kk").url).context["page"].title == "Бағдарламалар"


def test_an_address_of_the_portal_is_no_name_for_a_page():
    programme = make_programme()
    for slug in ("new", "12"):
        with pytest.raises(ValidationError):
            make_programme_page(programme, slug=slug)
    make_programme_page(programme)
    with pytest.raises(ValidationError):
        make_programme_page(programme, slug="second")


def test_a_programme_is_found_by_the_words_of_its_page_once_it_is_published(client):
    version = make_version(frozen=False)
    page = make_programme_page(version.programme, for_whom="<p>Директорлар резервіне арналған.</p>")
    assert found(client, "programmes", "резервіне") == []
    actions.freeze_version(None, version)
    assert found(client, "programmes", "резервіне") == [version.programme_id]
    page.unpublish()
    assert found(client, "programmes", "резервіне") == []


def test_a_page_that_is_closed_to_guests_is_found_by_nobody(client):
    programme = make_version().programme
    page = make_programme_page(programme)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found(client, "programmes", page.title) == []
    assert client.get("/kk/leaders/").context["programmes"] == []
    restriction.delete()
    assert found(client, "programmes", page.title) == [programme.pk]
    page.delete()
    assert found(client, "programmes", page.title) == []


def test_a_programme_keeps_its_page_while_it_stands():
    page = make_programme_page(make_version().programme)
    assert list(page.programme.pages.all()) == [page]
    assert ProgrammePage.objects.get().programme.pages.count() == 1


def test_the_sitemaps_lead_to_what_anybody_may_read(client):
    shown, draft = make_cohort(), make_cohort(state="draft")
    text = b"".join(client.get(reverse("sitemap", args=["cohorts", "kk", 0]))).decode()
    assert f"/kk/leaders/{shown.pk}/" in text and f"/leaders/{draft.pk}/" not in text


def test_the_home_page_shows_what_takes_applications_and_costs_no_more(client):
    def home(moment=None) -> str:
        with time_machine.travel(moment or now, tick=False):
            return client.get("/kk/?read").content.decode()

    now = timezone.now()
    assert "Өтінім қабылдап жатқан" not in home()
    before = cost_of(client, "/kk/?read")
    cohorts = [make_cohort(closes_at=now + timedelta(days=day)) for day in (9, 2, 5, 7)]
    make_cohort(state="published", name_kk="Келесі лек")
    links = re.findall(r'href="/kk/leaders/(\d+)/"', home())
    assert links == [str(cohorts[number].pk) for number in (1, 2, 3)]
    assert "Өзгерістер көшбасшысы" in home()
    assert "Келесі лек" not in home() and cost_of(client, "/kk/?read") == before
    assert f'href="/kk/leaders/{cohorts[1].pk}/"' not in home(now + timedelta(days=2, seconds=1))
    for cohort in cohorts:
        actions.move_cohort(None, cohort, "selection")
    assert "Өтінім қабылдап жатқан" not in home()


def cost_of(reader: Client, address: str) -> int:
    reader.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(address).status_code == 200
    return len(captured)


def test_only_an_administrator_is_offered_to_found_a_cohort(client):
    address = reverse("found_cohort")
    assert address not in client.get("/kk/leaders/").content.decode()
    administrator = Client()
    administrator.force_login(make_administrator())
    assert address in administrator.get("/kk/leaders/").content.decode()
    teacher = Client()
    teacher.force_login(make_person())
    assert teacher.get(address).status_code == 404
    assert Cohort.objects.visible_to(AnonymousUser()).count() == 0
