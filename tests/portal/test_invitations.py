"""A coordinator invites colleagues by a link or a letter, keeps the list of the school, and sees who has left."""

import re
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from portal import actions
from portal.demo import make_administrator, make_person, make_role, make_school
from portal.invitations import address_of, forget_old_invitations
from portal.models import Act, Invitation, Letter, Notice, Position, Role, School, User
from portal.paging import SIZE
from tests.together import together

from .entrance import NEW, code_from, sign_up
from .entrance import address as entrance

pytestmark = pytest.mark.django_db

FAR = timedelta(days=15)
LIST_QUERIES = 9


@pytest.fixture(autouse=True)
def speak_kazakh():
    with override("kk"):
        yield


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def coordinator(school) -> User:
    return make_coordinator(school)


@pytest.fixture
def desk(coordinator) -> Client:
    return signed_in(coordinator)


@pytest.fixture
def teacher() -> User:
    return make_person()


def make_coordinator(school: School, email: str = "coordinator@example.org") -> User:
    return make_role(make_person(email, given_name="Сәуле", family_name="Төлеген"), "coordinator", f"school:{school.pk}")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def path(invitation: Invitation) -> str:
    return "/" + address_of(invitation).split("/", 3)[3]


def ask_for_link(desk: Client, school: School) -> Invitation:
    assert desk.post(reverse("invitations"), {"how": "link", "school": school.pk}).url == reverse("invitations")
    return Invitation.objects.get(school=school, email="")


def write_to(desk: Client, school: School, addresses: str):
    return desk.post(reverse("invitations"), {"how": "letters", "school": school.pk, "addresses": addresses})


# Links


def test_a_link_is_made_once_and_can_be_copied(desk, school):
    link = ask_for_link(desk, school)
    ask_for_link(desk, school)
    page = desk.get(reverse("invitations")).content.decode()
    assert f'value="{address_of(link)}"' in page
    assert Act.objects.filter(verb="invite", object_id=school.pk).count() == 1


def test_whoever_follows_the_link_is_confirmed_by_the_coordinator(desk, school, coordinator, teacher):
    link = ask_for_link(desk, school)
    client = signed_in(teacher)
    page = client.get(path(link)).content.decode()
    assert school.name in page and coordinator.full_name in page and gettext("I work here") in page
    assert not teacher.positions.exists(), "nothing is written by looking"
    for _press in range(2):
        assert client.post(path(link)).url == reverse("start")
    position = User.objects.get(pk=teacher.pk).main_position
    assert (position.school, position.role, position.confirmed_by) == (school, "teacher", coordinator)
    assert Invitation.objects.get().taken == 1
    assert Act.objects.filter(verb="accept invitation", actor=teacher).count() == 1
    assert gettext("You are confirmed at this school already") in client.get(path(link)).content.decode()
    assert not Notice.objects.filter(user=teacher).exists(), "she pressed herself"


def test_who_is_confirmed_without_pressing_is_told(school, coordinator, teacher):
    actions.confirm_position(coordinator, actions.take_position(teacher, school=school, post="teacher"))
    assert Notice.objects.get(user=teacher).kind == "position-confirmed"


def test_a_place_that_waits_is_confirmed_as_it_is(desk, school, teacher):
    waiting = actions.take_position(teacher, school=school, post="deputy")
    signed_in(teacher).post(path(ask_for_link(desk, school)))
    position = teacher.positions.get()
    assert position.pk == waiting.pk and position.confirmed_at and position.role == "deputy"


def test_a_guest_signs_up_and_comes_back_to_the_invitation(desk, school, client):
    link = ask_for_link(desk, school)
    page = client.get(path(link)).content.decode()
    assert f"{reverse('account_signup')}?next={path(link)}" in page
    assert client.post(path(link)).url.startswith(reverse("account_login"))
    sign_up(client, next=path(link))
    answer = client.post(entrance("account_email_verification_sent"), {"code": code_from(mail.outbox[-1])})
    assert answer.url == path(link)
    client.post(path(link))
    assert User.objects.get(email_key=NEW).is_verified


def test_a_guest_who_has_an_account_signs_in_and_comes_back(desk, school, teacher, client):
    link = ask_for_link(desk, school)
    login = client.post(path(link)).url
    page = client.get(login).content.decode()
    assert re.search(r'name="next"[^>]*value="([^"]+)"', page)[1] == path(link)


def test_a_link_of_somebody_elses_making_is_no_link(desk, school, client):
    link = ask_for_link(desk, school)
    for wrong in (path(link)[:-2] + "x/", f"/kk/invitations/{link.pk}/", "/kk/invitations/~/", f"/kk/invitations/{link.pk}~abc/"):
        assert client.get(wrong).status_code == 404, wrong


@pytest.mark.parametrize("end", ["withdrawn", "expired", "used-up", "orphaned", "shut-out", "closed"])
def test_an_invitation_that_holds_no_longer_says_so_and_what_to_do(desk, school, coordinator, teacher, end):
    link = ask_for_link(desk, school)
    if end == "withdrawn":
        for _press in range(2):
            assert desk.post(reverse("withdraw_invitation", args=[link.pk])).url == reverse("invitations")
        assert Act.objects.filter(verb="withdraw invitation").count() == 1
    elif end == "used-up":
        Invitation.objects.update(taken=link.places)
    elif end == "orphaned":
        actions.end_role(None, Role.objects.get(user=coordinator))
    elif end == "shut-out":
        User.objects.filter(pk=coordinator.pk).update(is_active=False)
    elif end == "closed":
        School.objects.filter(pk=school.pk).update(state=School.State.CLOSED)
    client = signed_in(teacher)
    with time_machine.travel(timezone.now() + (FAR if end == "expired" else timedelta())):
        client = signed_in(teacher)
        page = client.get(path(link))
        assert page.status_code == 410
        assert gettext("This invitation holds no longer") in page.content.decode()
        assert reverse("change_school") in page.content.decode()
        assert client.post(path(link)).url == path(link)
    assert not teacher.positions.exists()
    assert Invitation.objects.get().taken in (0, link.places)


def test_nobody_confirms_herself_by_her_own_link(desk, school, coordinator):
    link = ask_for_link(desk, school)
    assert gettext("This is your own link") in desk.get(path(link)).content.decode()
    assert desk.post(path(link)).status_code == 403
    assert not coordinator.positions.exists()


def test_only_coordinators_of_a_school_invite_to_it(desk, school, teacher):
    other = make_school("test-2")
    assert desk.post(reverse("invitations"), {"how": "link", "school": other.pk}).status_code == 422
    assert signed_in(teacher).get(reverse("invitations")).status_code == 404
    link = ask_for_link(desk, school)
    assert signed_in(make_coordinator(school, "second@example.org")).post(reverse("withdraw_invitation", args=[link.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.make_invitation_link(teacher, school)


def test_an_administrator_invites_to_any_school(school, teacher):
    office = signed_in(make_administrator())
    found = office.post(reverse("invitations"), {"find": "school", "school_text": "мектеп", "how": "link"})
    assert found.status_code == 200 and f'value="{school.pk}"' in found.content.decode()
    assert office.post(reverse("invitations"), {"how": "link", "school": ""}).status_code == 422
    signed_in(teacher).post(path(ask_for_link(office, school)))
    assert User.objects.get(pk=teacher.pk).is_verified


def test_an_earlier_place_of_work_ends_and_she_is_told_before(desk, school, teacher):
    earlier = actions.take_position(teacher, school=make_school("test-2", name="№ 2 мектеп"), post="teacher")
    link, client = ask_for_link(desk, school), signed_in(teacher)
    assert "№ 2 мектеп" in client.get(path(link)).content.decode()
    client.post(path(link))
    earlier.refresh_from_db()
    assert earlier.until and teacher.positions.current().get().school == school


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_for_the_last_place_one_finds_it_taken():
    school = make_school()
    link = actions.make_invitation_link(make_coordinator(school), school)
    people = [make_person(f"teacher-{number}@example.org") for number in range(2)]
    Invitation.objects.filter(pk=link.pk).update(places=1)
    answers = together(*(partial(signed_in(person).post, path(link)) for person in people))
    assert sorted(answer.url for answer in answers) == sorted([path(link), "/kk/start/"])
    assert Position.objects.confirmed().count() == 1


# Letters


def test_every_address_gets_a_letter_with_a_link_for_one_person(desk, school, coordinator, teacher):
    User.objects.filter(pk=coordinator.pk).update(interface_language="ru")
    typed = f"{teacher.email}\nNew.Colleague@example.org, {teacher.email}"
    assert write_to(desk, school, typed).url == reverse("invitations")
    known, unknown = mail.outbox
    assert (known.to, unknown.to) == ([teacher.email], ["new.colleague@example.org"])
    assert re.sub(r"\d+~\S+", "", known.body) == re.sub(r"\d+~\S+", "", unknown.body), "nobody learns who has an account"
    assert "приглашает" in known.subject and known.extra_headers["Content-Language"] == "ru"
    link = re.search(r"https?://[^/]+(/ru/invitations/\S+)", known.body)[1]
    assert signed_in(teacher).post(link).url == "/ru/start/"
    late = signed_in(make_person("late@example.org"))
    assert late.get(link).status_code == 410 and late.post(link).url == link


def test_a_second_press_sends_no_second_letter(desk, school):
    for _press in range(2):
        write_to(desk, school, "colleague@example.org")
    assert len(mail.outbox) == Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"), [("", ""), ("colleague@example.org\nnobody", "nobody"), ("\n".join(f"t{n}@example.org" for n in range(31)), "30")]
)
def test_wrong_addresses_are_named_and_kept(desk, school, typed, told):
    answer = write_to(desk, school, typed)
    assert answer.status_code == 422 and told in answer.context["form"].errors["addresses"][0]
    assert answer.context["form"]["addresses"].value() == typed
    assert not mail.outbox and not Invitation.objects.exists()


def test_letters_of_a_day_are_limited(desk, school):
    for batch in range(2):
        write_to(desk, school, "\n".join(f"t{batch}-{number}@example.org" for number in range(30)))
    assert write_to(desk, school, "one.more@example.org").status_code == 422
    assert len(mail.outbox) == 60
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        desk = signed_in(User.objects.get(email_key="coordinator@example.org"))
        assert write_to(desk, school, "one.more@example.org").status_code == 302


def test_addresses_of_those_who_never_came_are_forgotten(desk, school):
    write_to(desk, school, "colleague@example.org")
    forget_old_invitations()
    assert Invitation.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        forget_old_invitations()
    assert not Invitation.objects.exists()


def test_whoever_leaves_the_portal_leaves_no_invitation_to_her_address(desk, school, teacher):
    write_to(desk, school, f"{teacher.email}\nother@example.org")
    actions.forget_person(teacher, keep=False)
    assert [invitation.email for invitation in Invitation.objects.all()] == ["other@example.org"]
    assert not Letter.objects.filter(address=teacher.email).exists()
    assert mail.outbox[-1].to == [teacher.email], "the farewell has left"


# The list of a school


def place(school: School, number: int, **fields) -> Position:
    person = User.objects.create_user(f"t{number}-{school.pk}@example.org", given_name="Айнұр", family_name=f"Мұғалім {number:02}")
    return Position.objects.create(user=person, school=school, **fields)


def names_on(page) -> list[str]:
    return [position.user.family_name for position in page.context["page"].rows]


def test_three_tabs_in_pages(desk, school, coordinator):
    now, today = timezone.now(), timezone.localdate()
    for number in range(SIZE + 1):
        days = timedelta(days=number)
        place(school, number, since=today - days)
        place(school, 100 + number, confirmed_at=now - days, confirmed_by=coordinator)
        place(school, 200 + number, confirmed_at=now, until=today - days // 2)
    place(make_school("test-2"), 900)
    expected = {
        "": [f"Мұғалім {number:02}" for number in reversed(range(SIZE + 1))],
        "?state=confirmed": [f"Мұғалім {100 + number}" for number in range(SIZE + 1)],
    }
    for tab, names in expected.items():
        first = desk.get(reverse("confirmations") + tab)
        further = first.context["page"].next_url or first.context["page"].older_url
        assert names_on(first) + names_on(desk.get(further)) == names
    first = desk.get(reverse("confirmations") + "?state=left")
    further = desk.get(first.context["page"].older_url)
    assert len(set(names_on(first) + names_on(further))) == SIZE + 1 and names_on(first)[0] in ("Мұғалім 200", "Мұғалім 201")
    for nonsense in ("?state=left&after=2026-11-25T10:00:00~1", "?after=x~1", "?state=confirmed&after=2026-11-25~1"):
        assert desk.get(reverse("confirmations") + nonsense).status_code == 200


def test_a_long_list_asks_no_more_than_a_short_one(desk, school):
    place(school, 0)
    desk.get(reverse("confirmations"))
    asked = []
    for number in range(1, SIZE):
        if number in (1, SIZE - 1):
            with CaptureQueriesContext(connection) as queries:
                desk.get(reverse("confirmations"))
            asked.append(len(queries))
        place(school, number)
    assert asked[0] == asked[1] <= LIST_QUERIES


def test_whoever_moves_to_another_school_stands_under_those_who_have_left(desk, school, coordinator, teacher):
    actions.confirm_position(coordinator, actions.take_position(teacher, school=school, post="teacher"))
    never_confirmed = make_person("visitor@example.org")
    actions.take_position(never_confirmed, school=school, post="teacher")
    other = make_school("test-2", name="№ 2 мектеп")
    for person in (teacher, never_confirmed):
        signed_in(person).post(reverse("change_school"), {"school": other.pk, "post": "teacher"})
    page = desk.get(reverse("confirmations") + "?state=left")
    [left] = page.context["page"].rows
    assert left.user == teacher and left.confirmed_by == coordinator
    assert reverse("unconfirm", args=[left.pk]) not in page.content.decode()
    assert desk.get(reverse("unconfirm", args=[left.pk])).status_code == 404


def test_whoever_takes_another_post_at_the_school_has_not_left(desk, school, coordinator, teacher):
    actions.confirm_position(coordinator, actions.take_position(teacher, school=school, post="teacher"))
    actions.take_position(teacher, school=school, post="deputy")
    assert not desk.get(reverse("confirmations") + "?state=left").context["page"].rows
    assert [position.role for position in desk.get(reverse("confirmations")).context["page"].rows] == ["deputy"]


def test_history_is_seen_by_herself_and_administrators_alone(desk, school, coordinator, teacher, client):
    administrator = make_administrator()
    actions.confirm_position(coordinator, actions.take_position(teacher, school=school, post="teacher"))
    actions.take_position(teacher, school=make_school("test-2", name="№ 2 мектеп"), post="teacher")
    shown = reverse("person", args=[teacher.pk])
    colleague = make_person("colleague@example.org")
    for reader, sees in [(teacher, True), (administrator, True), (coordinator, False), (colleague, False)]:
        assert (school.name in signed_in(reader).get(shown).content.decode()) is sees, reader
    assert school.name not in client.get(shown).content.decode()
    assert school.name in signed_in(administrator).get(reverse("wagtailusers_users:edit", args=[teacher.pk])).content.decode()
