"""What tests of the editors' pages share: who works on them, the form of a page, what a reader finds."""

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.demo import make_person, set_up_second_factor
from portal.models import User

TITLE = "Ұстаздар кездесуі қаңтарда өтеді"


def make_worker(group: str, *, email: str = "", **fields) -> User:
    """Somebody of a group of editors, with the second factor that the CMS demands."""
    person = make_person(email or f"{group.lower()}@example.org", **fields)
    person.groups.add(Group.objects.get(name=group))
    set_up_second_factor(person)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_form(title: str, text: str, action: str = "action-publish", **more) -> dict:
    body = streamfield([("text", rich_text(f"<p>{text}</p>"))])
    return nested_form_data({"title": title, "slug": "", "lead": "", "body": body, "footer_place": "", action: "1", **more})


def adds(client: Client, parent, form: dict, model: str = "articlepage"):
    answer = client.post(reverse("wagtailadmin_pages:add", args=["portal", model, parent.pk]), form)
    assert answer.status_code == 302, answer.context["form"].errors


def restrict(page, kind: str, *groups) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def is_found(client: Client, word: str, language: str = "kk", tab: str = "pages") -> bool:
    answer = client.get(f"/{language}/search/", {"q": word, "in": tab})
    assert answer.status_code == 200
    return bool(answer.context["results"].hits)


def queries(client: Client, address: str) -> int:
    """How many a page costs when it is read for the second time; it writes nothing."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert not [query for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return len(captured)
