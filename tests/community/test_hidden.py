"""Nothing of what is said among members reaches anybody else: every address, list, search, feed, file, card, notice and letter.

An address that the app gains is asked here by itself; one with a parameter that is new has to be told which of its values is secret.
"""

import re
import uuid
from dataclasses import dataclass
from itertools import product

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from community.actions.care import take_down_group
from community.demo import make_group, make_member, make_post, make_topic
from community.models import Bookmark, Draft, DraftFile, Group, GroupInvitation, JoinRequest, Membership, Post, PostFile, StaffVisit, Topic
from community.urls import urlpatterns
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person
from portal.files import store
from portal.mail.digests import make_digests
from portal.models import Case, User
from search.find import search, suggest
from search.models import Entry
from search.query import SearchQuery

from ..addresses import own_patterns
from ..portal.sample_files import make_image

pytestmark = pytest.mark.django_db

GROUP = {"name": "Тасбақаклуб", "purpose": "Құпиямақсат", "rules": "Жабықереже", "question": "Тексерусұрақ"}
SAID = {"title": "Жұмбақтақырып", "text": "Астыртынсөз", "answer": "Сыбырлапжауап", "file": "бүркеулі"}
WORDS = {"hidden": [*GROUP.values(), *SAID.values()], "request": [*SAID.values()]}
READERS = ("guest", "outsider", "former", "staff")
MISSING = 10**6
# Those responsible come in by giving a reason; the page says nothing but the number they came with.
DOOR = ("visit_group", "staff")
# Whoever holds a valid link of an invitation reads the name of the group; here its token is broken.
TOKENS = {"token": "1:broken"}


@dataclass
class Secret:
    group: Group
    topic: Topic
    answer: Post
    file: PostFile
    owner: User
    readers: dict[str, User | None]
    kept: dict[str, int]

    def client(self, reader: str) -> Client:
        client = Client()
        if self.readers[reader]:
            client.force_login(self.readers[reader])
        return client

    def values(self) -> dict[str, int]:
        """What the first number of an address means, by the word before it."""
        return {"groups": self.group.pk, "topics": self.topic.pk, "posts": self.answer.pk, **self.kept}

    def addresses(self, name: str) -> list[tuple[str, str]]:
        """Of the secret things, and of one that does not exist."""
        pattern = next(found for found in urlpatterns if found.name == name)
        route, parameters = str(pattern.pattern), list(pattern.pattern.converters)
        if of := next((parameter for parameter in ("kind", "source") if parameter in parameters), ""):
            return [self.pair(name, {of: kind}, "pk", kind, parameters) for kind in ("groups", "topics", "posts")]
        if not parameters or parameters[0] in TOKENS:
            return [(reverse(name, kwargs={parameter: TOKENS[parameter] for parameter in parameters}),) * 2]
        place = re.search(rf"([\w-]+)/<(?:\w+:)?{parameters[0]}>", route)[1]
        return [self.pair(name, {}, parameters[0], place, parameters)]

    def pair(self, name: str, given: dict, first: str, place: str, parameters: list[str]) -> tuple[str, str]:
        numbers = {f"{name.removesuffix('s')}_pk": pk for name, pk in self.kept.items()}
        others = numbers | {"user_pk": self.owner.pk, "number": 2, "file_pk": self.file.file_id, "upload": uuid.uuid4(), "name": "lock"}
        rest = given | {other: (others | TOKENS)[other] for other in parameters if other not in given and other != first}
        there, nowhere = (reverse(name, kwargs={first: value} | rest) for value in (self.values()[place], MISSING))
        return there, nowhere


def make_secret(access: str) -> Secret:
    owner, former = make_person("owner@example.org"), make_person("former@example.org", given_name="Бұрынғы")
    fields = {"name": GROUP["name"], "purpose_kk": GROUP["purpose"], "rules": GROUP["rules"], "question": GROUP["question"]}
    group = make_group(owner, former, access=access, **fields)
    topic = make_topic(owner, group, title=SAID["title"], text=SAID["text"], kind=Topic.Kind.QUESTION)
    readers = {"guest": None, "outsider": make_person("outsider@example.org"), "former": former, "staff": make_administrator()}
    for person in filter(None, readers.values()):
        portal_actions.save_search(person, name="Іздеуім", text=SAID["answer"])
    Membership.objects.update(level="watch")
    make_post(former, topic, text="Менің сөзім: " + SAID["text"])
    answer = make_post(owner, topic, text=f"[@Бұрынғы](/people/{former.pk}/) {SAID['answer']}")
    file = store(ContentFile(make_image("PNG")), name=f"{SAID['file']}.png", user=owner)
    drafted = store(ContentFile(make_image("PNG")), name=f"{SAID['file']} 2.png", user=owner)
    draft = Draft.objects.create(user=owner, topic=topic, text=SAID["text"])
    DraftFile.objects.create(draft=draft, file=drafted)
    kept = {
        "files": drafted.pk,
        "bookmarks": Bookmark.objects.create(user=former, post=answer).pk,
        "requests": JoinRequest.objects.create(user=make_person("asks@example.org"), group=group, answer=SAID["text"]).pk,
        "invitations": GroupInvitation.objects.create(by=owner, group=group).pk,
    }
    secret = Secret(group, topic, answer, PostFile.objects.create(post=answer, file=file), owner, readers, kept)
    Membership.objects.filter(user=former).delete()
    mail.outbox.clear()
    return secret


@pytest.fixture(params=["hidden", "request"])
def secret(request) -> Secret:
    return make_secret(request.param)


@pytest.fixture
def hidden() -> Secret:
    return make_secret("hidden")


def answer(client: Client, method: str, address: str) -> tuple[int, str]:
    """What was done is taken back."""
    with transaction.atomic():
        response = client.generic(method, address, b"", "application/x-www-form-urlencoded")
        text = b"".join(response).decode(errors="replace") + str(response.headers)
        transaction.set_rollback(True)
    return response.status_code, text


def said(secret: Secret, text: str) -> list[str]:
    return [word for word in WORDS[secret.group.access] if word in text or escape(word) in text]


NAMES = sorted({pattern.name for pattern in urlpatterns})


# One secret for all addresses of a reader: what is done there is taken back.
@pytest.mark.parametrize("reader", READERS)
def test_no_address_of_a_hidden_group_differs_from_one_that_is_not_there(hidden, reader):
    client, told = hidden.client(reader), []
    for name, method in product(NAMES, ("GET", "POST")):
        for there, nowhere in hidden.addresses(name):
            (status, text), (expected, _text) = answer(client, method, there), answer(client, method, nowhere)
            assert status != 429, "what is closed to everybody proves nothing"
            if said(hidden, text) or (status != expected and (name, reader) != DOOR):
                told.append((method, there, status, expected, said(hidden, text)))
    assert told == []


@pytest.mark.parametrize("reader", READERS)
def test_what_is_said_in_a_group_by_request_is_read_by_members_alone(reader):
    secret = make_secret("request")
    client, told = secret.client(reader), []
    for name, method in product(NAMES, ("GET", "POST")):
        for there, _nowhere in secret.addresses(name):
            if words := said(secret, answer(client, method, there)[1]):
                told.append((method, there, words))
    assert told == []


def test_the_words_are_truly_there_for_the_owner(hidden):
    """Otherwise the rest of this file would prove nothing."""
    client = Client()
    client.force_login(hidden.owner)
    shown = client.get(f"/kk/search/?q={SAID['answer']}").content.decode()
    assert SAID["title"] in shown and f"/kk/topics/{hidden.topic.pk}/{hidden.answer.number}/" in shown


def pages() -> list[str]:
    """Every page of the portal that asks for nothing, and those that ask for a person or a word."""
    found = []
    for pattern in own_patterns():
        try:
            found.append(reverse(pattern.name))
        except NoReverseMatch:
            pass
    return sorted(set(found))


def test_no_other_page_says_a_word(secret):
    words = [*GROUP.values(), *SAID.values(), "Бұрынғы"]
    people = [f"/kk/people/{person.pk}/" for person in (secret.owner, secret.readers["former"])]
    searches = [f"/kk/search/?q={word}&in={source}" for word in words for source in ("", "topics", "groups")]
    maps = [f"/sitemaps/{key}/kk/0.xml" for key in ("topics", "groups")]
    for reader in READERS:
        client = secret.client(reader)
        for address in [*pages(), *people, *searches, *maps]:
            # The words of a question stand in the page that answers it.
            asked = re.search(r"q=(\w+)", address)
            text = answer(client, "GET", address)[1].replace(asked[1] if asked else "\0", "")
            assert said(secret, text) == [], f"{address} as {reader}"


def test_search_neither_counts_nor_suggests_it(hidden):
    for reader, person in hidden.readers.items():
        for word in [*GROUP.values(), *SAID.values()]:
            results = search(
                SearchQuery.for_user(person or guest(), text=word, wanted=("source", "language", "kind")), user=person or guest()
            )
            assert (results.total, results.hits, results.nearest) == (0, [], []), f"{word} as {reader}"
            assert not any(counts for counts in results.facets.values())
            assert all(suggest(source, word[:5], user=person or guest()) == [] for source in ("topics", "groups"))
            misspelt = search(SearchQuery.for_user(person or guest(), text=word[:-2] + "ыы"), user=person or guest())
            assert misspelt.nearest == []


def guest():
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


@pytest.mark.parametrize("source", ["groups", "topics", "posts"])
def test_nobody_can_report_what_she_may_not_see(hidden, source):
    for reader in READERS:
        client = hidden.client(reader)
        for method in ("GET", "POST"):
            there, nowhere = (reverse("complain", args=[source, pk]) for pk in (hidden.values()[source], MISSING))
            status, text = answer(client, method, there)
            assert (status, said(hidden, text)) == (answer(client, method, nowhere)[0], []), f"{method} {there} as {reader}"


@pytest.mark.parametrize("source", ["groups", "topics", "posts"])
def test_a_case_shows_the_words_of_the_complaint_and_no_more(hidden, source):
    thing = {"groups": hidden.group, "topics": hidden.topic, "posts": hidden.answer}[source]
    portal_actions.complain(hidden.owner, thing.ref, reason="offence", text="Мұнда балағат сөз бар.")
    case, client = Case.objects.get(), hidden.client("staff")
    for address in (reverse("case", args=[case.pk]), reverse("complaints"), reverse("complain", args=[source, thing.pk]), reverse("acts")):
        text = answer(client, "GET", address)[1]
        assert said(hidden, text) == [], address
    assert "Мұнда балағат сөз бар." in answer(client, "GET", reverse("case", args=[case.pk]))[1]
    decide(hidden, case)
    for address in (reverse("case", args=[case.pk]), reverse("acts")):
        assert said(hidden, answer(client, "GET", address)[1]) == [], address
    assert Entry.objects.filter(source="topics").exists() == (source == "posts")


def decide(secret: Secret, case: Case) -> None:
    portal_actions.decide_case(secret.readers["staff"], case, decision=Case.Decision.OFFENCE, note="Балағат")


@pytest.mark.parametrize("source", ["groups", "topics", "posts"])
def test_the_log_of_deeds_names_no_title_and_no_reason(secret, source):
    thing = {"groups": secret.group, "topics": secret.topic, "posts": secret.answer}[source]
    portal_actions.record(secret.owner, "hide", thing.ref, before={"title": SAID["title"]}, after={}, reason=SAID["text"])
    text = answer(secret.client("staff"), "GET", reverse("acts"))[1]
    assert f"№ {thing.pk}" in text and said(secret, text) == []
    StaffVisit.objects.create(user=secret.readers["staff"], group=secret.group, reason="Шағымды қарау")
    assert said(secret, answer(secret.client("staff"), "GET", reverse("acts"))[1]) == [SAID["title"], SAID["text"]]


def test_a_visit_with_a_reason_opens_it_for_an_hour(hidden):
    staff = hidden.readers["staff"]
    visit = StaffVisit.objects.create(user=staff, group=hidden.group, reason="Шағымды қарау")
    assert Topic.objects.visible_to(staff).filter(pk=hidden.topic.pk).exists()
    StaffVisit.objects.filter(pk=visit.pk).update(until=visit.at)
    assert not Topic.objects.visible_to(staff).filter(pk=hidden.topic.pk).exists()


def test_a_visit_opens_a_hidden_group_that_was_taken_down(hidden):
    """Whoever decides about an objection has to read it once more."""
    staff, place = hidden.readers["staff"], reverse("group", args=[hidden.group.pk])
    take_down_group(staff, hidden.group.pk, "Балағат")
    client = hidden.client("staff")
    assert client.get(place).status_code == 404
    client.post(reverse("visit_group", args=[hidden.group.pk]), {"reason": "Қарсылықты қарау"})
    assert GROUP["name"] in client.get(place).content.decode()
    assert hidden.client("former").get(place).status_code == 404


def test_letters_that_leave_after_she_has_left_say_nothing(secret):
    make_post(secret.owner, secret.topic, text=SAID["answer"])
    make_digests()
    told = [letter for letter in mail.outbox if set(letter.to) & {person.email for person in secret.readers.values() if person}]
    assert [word for letter in told for word in said(secret, letter.subject + letter.body + str(letter.alternatives))] == []


def test_a_card_in_another_text_stays_a_bare_link(secret):
    open_group = make_group(secret.owner, name="Ашық топ")
    links = f"[осында](/kk/topics/{secret.topic.pk}/) [тобымыз](/kk/groups/{secret.group.pk}/) http://localhost:8000/kk/topics/{secret.topic.pk}/2/"
    topic = make_topic(secret.owner, open_group, title="Ашық тақырып", text=links)
    for reader in READERS:
        for address in (
            f"/kk/topics/{topic.pk}/",
            f"/kk/groups/{open_group.pk}/",
            f"/kk/groups/{open_group.pk}/feed/",
            "/kk/search/?q=осында",
        ):
            assert said(secret, answer(secret.client(reader), "GET", address)[1]) == [], f"{address} as {reader}"


def test_she_who_has_left_reads_her_old_notices_without_a_word_of_it(secret):
    client = secret.client("former")
    for address in (reverse("notices"), reverse("bell"), reverse("start"), reverse("my_complaints")):
        assert said(secret, answer(client, "GET", address)[1]) == [], address


def test_who_joins_reads_from_that_moment(hidden):
    member = make_member(hidden.group, hidden.readers["outsider"]).user
    client = Client()
    client.force_login(member)
    assert SAID["title"] in client.get(f"/kk/search/?q={SAID['answer']}").content.decode()
