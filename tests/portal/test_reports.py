"""What editors look after: missing versions, translations that are behind, links that lead nowhere, pages that have moved."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from portal.clock import JOBS
from portal.demo import make_event
from portal.links import check_all_links, check_links
from portal.models import ArticlePage, BrokenLink, Document, SectionPage
from portal.preparation import make_article, make_section

from .newsroom import make_worker, page_form, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(news):
    return make_article("Тамыз кеңесі өтті", "Мәтін.", "kk", news)


@pytest.fixture
def editor():
    return signed_in(make_worker("Editors"))


def rows(client, name: str, **asked) -> list:
    answer = client.get(reverse(name), asked)
    assert answer.status_code == 200
    return list(answer.context["object_list"])


def queries(client, name: str) -> int:
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(name))
    return len(captured)


def later(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def republish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


# Versions in other languages


def test_pages_without_a_version_in_a_language(editor, news, article):
    russian = make_article("Прошло совещание", "", "ru", news, translation_of=article)
    alone = make_article("Только по-русски", "", "ru", news)
    listed = {row.title: row.missing for row in rows(editor, "missing_versions")}
    assert listed == {"Тамыз кеңесі өтті": "English", "Только по-русски": "Қазақша, English"}
    assert [row.title for row in rows(editor, "missing_versions", language="kk")] == [alone.title]
    assert rows(editor, "missing_versions", language="ru") == []
    russian.unpublish()
    [row] = rows(editor, "missing_versions", language="ru")
    assert row.title == article.title and "Русский:" in row.missing


def test_a_translation_is_behind_when_its_source_reads_otherwise(editor, news, article):
    russian = make_article("Прошло совещание", "", "ru", news, translation_of=article)
    assert rows(editor, "behind_translations") == []
    with later(2):
        republish(article, title="Тамыз кеңесі аяқталды", lead="Екі күн.")
        [row] = rows(editor, "behind_translations")
        assert row.pk == russian.pk
        assert row.changes == "Название, одно предложение под заголовком"
        assert editor.get(row.compare_url).status_code == 200
        assert "Тамыз кеңесі аяқталды" in editor.get(row.compare_url).content.decode()
    with later(3):
        republish(russian, title="Совещание закончилось")
        assert rows(editor, "behind_translations") == []


def test_a_source_published_after_its_translation_with_the_same_words_is_no_reason(editor, news):
    """In the workflow a translator publishes first, and the source goes live with the last step."""
    source = news.add_child(instance=ArticlePage(title="Жаңалық", live=False))
    revision = source.save_revision()
    with later(1):
        make_article("Новость", "", "ru", news, translation_of=source)
    with later(2):
        revision.publish()
        assert rows(editor, "behind_translations") == []


@pytest.mark.parametrize("name", ["missing_versions", "behind_translations", "broken_links"])
def test_a_report_costs_the_same_for_one_row_and_for_twenty(editor, news, name):
    def fill(numbers):
        for number in numbers:
            source = make_article(f"{number}-жаңалық", "[жоқ](/kk/jok/)", "kk", news)
            make_article(f"{number} новость", "", "ru", news, translation_of=source)
            with later(1):
                republish(source, lead="Басқа сөз")

    with later(0):
        fill(range(1))
    few = queries(editor, name)
    fill(range(1, 20))
    assert len(rows(editor, name)) >= 20
    assert queries(editor, name) == few


def test_reports_are_for_those_who_work_on_pages(article):
    author = signed_in(make_worker("Authors"))
    assert author.get(reverse("missing_versions")).status_code == 200
    assert reverse("behind_translations") in author.get("/cms/").content.decode()
    assert Client().get(reverse("missing_versions")).status_code == 302


def test_a_report_is_taken_along_as_a_table(editor, article):
    answer = editor.get(reverse("missing_versions"), {"export": "csv"})
    assert "Тамыз кеңесі өтті" in b"".join(answer).decode()


# Links


def write(page, html: str):
    page.body = [("text", RichText(html))]
    republish(page)


def broken() -> dict[str, str]:
    return dict(BrokenLink.objects.values_list("address", "reason"))


def test_links_that_lead_nowhere_are_found_when_a_page_is_published(news, article):
    draft = news.add_child(instance=ArticlePage(title="Қаралама", live=False))
    document = Document.objects.create(title="Жоспар", file=ContentFile(b"%PDF-1.4", "plan.pdf"))
    event = make_event("Ашық сабақ")
    write(
        article,
        f'<p><a linktype="page" id="{draft.pk}">қаралама</a> <a linktype="page" id="{event.pk}">іс-шара</a>'
        f'<a linktype="document" id="{document.pk}">жоспар</a> <a linktype="document" id="999999">жоқ файл</a>'
        f'<a href="{news.url}">жаңалықтар</a> <a href="/kk/news/jok/">жоқ бет</a> <a href="/kk/materials/">материалдар</a>'
        '<a href="http://localhost:8000/ru/nothing/">орысша</a> <a href="https://example.org/a?b#c">сырттағы</a>'
        '<a href="example.org">қате</a> <a href="mailto:a@example.org">хат</a> <a href="#top">жоғары</a></p>',
    )
    assert broken() == {
        "қаралама": "page",
        "жоқ файл": "document",
        "/kk/news/jok/": "address",
        "http://localhost:8000/ru/nothing/": "address",
        "example.org": "writing",
    }
    write(article, f'<p><a href="{news.url}">жаңалықтар</a></p>')
    assert broken() == {}


def test_the_editor_who_publishes_is_told(editor, news, article):
    where = reverse("wagtailadmin_pages:edit", args=[article.pk])
    form = page_form(article.title, '<a href="/kk/jok/">жоқ бет</a>', slug=article.slug)
    said = [str(message) for message in editor.post(where, form, follow=True).context["messages"]]
    assert any("/kk/jok/" in message for message in said)
    [row] = rows(editor, "broken_links")
    assert (row.page.pk, row.address) == (article.pk, "/kk/jok/")


def test_the_clock_finds_what_another_page_has_broken(news, article):
    target = make_article("Нысана", "", "kk", news)
    write(article, f'<a linktype="page" id="{target.pk}">нысана</a>')
    assert broken() == {}
    target.delete()
    assert check_all_links in [job.run for job in JOBS]
    check_all_links()
    assert broken() == {"нысана": "page"}
    article.unpublish()
    check_all_links()
    assert broken() == {}


def test_many_links_cost_no_more_than_one(article):
    def cost(html: str) -> int:
        article.body = [("text", RichText(html))]
        with CaptureQueriesContext(connection) as captured:
            check_links([article])
        return len(captured)

    one = '<a linktype="page" id="99">a</a><a linktype="document" id="99">b</a><a href="/kk/c/">c</a>'
    assert cost(one) == cost(one * 20)


# Checks while a page is written


def test_the_cms_checks_that_pictures_are_described(editor, article):
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    configuration = page.partition('id="checker-axe-configuration"')[2].partition("</script>")[0]
    assert '"image-alt"' in configuration


# Addresses that were


def test_an_old_address_leads_to_the_new_one_in_its_language(client, news, article):
    russian = make_article("Прошло совещание", "", "ru", news, translation_of=article)
    old, old_russian = article.url, russian.url
    republish(article, slug="kenes")
    assert client.get(old)["Location"] == "/kk/news/kenes/"
    assert client.get(old_russian).status_code == 200
    republish(russian, slug="soveshchanie")
    for address, place in ((old, "/kk/news/kenes/"), (old_russian, "/ru/news/soveshchanie/")):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, place)


def test_a_section_that_moves_takes_all_old_addresses_along(client, news, article):
    old, old_section = article.url, news.url
    republish(SectionPage.objects.get(pk=news.pk), slug="habar")
    assert client.get(old_section)["Location"] == "/kk/habar/"
    assert client.get(old)["Location"] == f"/kk/habar/{article.slug}/"
    archive = make_section("Мұрағат", news.get_parent())
    Page.objects.get(pk=article.pk).move(archive, pos="last-child")
    for address in (old, f"/kk/habar/{article.slug}/"):
        assert client.get(address, follow=True).redirect_chain[-1][0] == f"/kk/muraghat/{article.slug}/"


def test_an_old_address_of_what_is_gone_is_gone(client, news, article):
    old = article.url
    republish(article, slug="kenes")
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert client.get(old, follow=True).status_code == 404


def test_only_what_is_not_found_asks_for_old_addresses(client, article):
    with CaptureQueriesContext(connection) as captured:
        client.get(article.url)
    assert not [query for query in captured if "redirects" in query["sql"]]
    with CaptureQueriesContext(connection) as captured:
        client.get("/kk/no/such/page/")
    assert len([query for query in captured if "redirects" in query["sql"]]) == 1
