"""Certificates: one for a person and version, once everything is met; a register that shows every change; a sheet and a public page."""

import csv
import io
from pathlib import Path

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from leaders import actions
from leaders.checking import broken_lines
from leaders.codes import LENGTH, spelled
from leaders.demo import make_cohort, make_programme
from leaders.demo.certificates import make_certificate, make_many_passed, make_passed, make_short_version
from leaders.demo.change import make_project, make_story
from leaders.models import Certificate, Cohort, Register, RegisterLine
from portal import actions as portal_actions
from portal.demo import make_administrator, make_person, make_school
from portal.models import Notice, User

from .people import read, send, signed_in

pytestmark = pytest.mark.django_db

LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(make_short_version(), state="assessment", manager=manager)


@pytest.fixture
def holder() -> User:
    names = {"family_name": "Әбдіғаппарқызы", "given_name": "Гүлнұр", "patronymic": LETTERS, "latin_name": "Gulnur Abdigapparkyzy"}
    return make_person("holder@example.org", school=make_school(), **names)


@pytest.fixture
def certificate(cohort, holder) -> Certificate:
    made = make_certificate(holder, cohort)
    made.refresh_from_db()
    return made


def test_one_for_a_person_only_when_everything_is_met(cohort, holder, manager):
    running = make_cohort(cohort.version, state="running")
    with pytest.raises(actions.NotStudying):
        actions.issue_certificate(None, make_passed(holder, running))
    seat = make_passed(holder, cohort, passed=False)
    with pytest.raises(actions.NotCompleted) as missing:
        actions.issue_certificate(manager, seat)
    assert missing.value.codes == ["exam"] and not RegisterLine.objects.exists()
    said = {"points": 0, "assessor": "Емтихан орталығы", "assessed_on": timezone.localdate()}
    actions.put_external_result(manager, seat, cohort.version.requirements.get(code="exam"), passed=True, **said)
    made = actions.issue_certificate(manager, seat)
    assert actions.issue_certificate(manager, seat) == made == Certificate.objects.get()
    seat.refresh_from_db()
    assert (made.number, seat.state, RegisterLine.objects.count()) == (1, "completed", 1)
    with pytest.raises(PermissionDenied):
        actions.issue_certificate(holder, seat)
    assert Notice.objects.get(user=holder, kind="certificate-issued").object_id == made.pk


def words_of(certificate: Certificate) -> str:
    certificate.refresh_from_db()
    with certificate.pdf.open() as stored, pypdfium2.PdfDocument(stored.read()) as sheet:
        assert len(sheet) == 1
        return sheet[0].get_textpage().get_text_range()


def test_a_sheet_of_one_page_has_every_kazakh_letter(certificate, settings):
    text = words_of(certificate)
    for said in (LETTERS, "Gulnur Abdigapparkyzy", "Өзгерістер", "Лидер изменений", "Change leader", "240 сағат", "240 часов", "240 hours"):
        assert said in text
    assert f"{settings.SITE_URL}/certificates/".partition("://")[2] in text and spelled(certificate.code) in text


def test_a_sheet_takes_long_names_and_nothing_in_them_is_run(manager):
    programme = make_programme("long", name_kk="Өзгеріс " * 25, name_ru="Изменение " * 20, name_en="Change " * 28)
    cohort = make_cohort(make_short_version(programme), state="assessment", manager=manager)
    hostile = {"family_name": '#panic("ә") *б* $x$ @y <z>', "given_name": "Қ" * 80, "patronymic": "ғ" * 80, "latin_name": "W" * 200}
    text = words_of(make_certificate(make_person("long@example.org", **hostile), cohort))
    assert '#panic("ә") *б* $x$ @y <z>' in text


def test_a_line_that_was_changed_is_named(certificate, cohort, manager):
    other = make_certificate(make_person("other@example.org"), cohort)
    actions.revoke_certificate(manager, certificate, ground="mistake", reason="Қателік.")
    assert list(broken_lines()) == []
    Certificate.objects.filter(pk=other.pk).update(snapshot=other.snapshot | {"kk": other.snapshot["kk"] | {"name": "Басқа"}})
    assert [(found.pk, found.field) for found in broken_lines()] == [(2, "digest")]
    Certificate.objects.filter(pk=other.pk).update(snapshot=other.snapshot)
    RegisterLine.objects.filter(number=2).update(at=timezone.now())
    said = io.StringIO()
    call_command("check_leaders", stdout=said)
    assert "register lines 2: hash" in said.getvalue() and said.getvalue().endswith("2 wrong\n")
    RegisterLine.objects.filter(number=2).delete()
    assert {(found.kind, found.pk, found.field) for found in broken_lines()} == {
        ("register lines", 3, "number"),
        ("register lines", 3, "previous hash"),
        ("certificates", other.pk, "state"),
    }
    RegisterLine.objects.filter(number=3).delete()
    assert ("registers", Register.objects.get().pk) in {(found.kind, found.pk) for found in broken_lines()}


# On the pages


def public(certificate: Certificate, language: str = "kk", status: int = 200) -> str:
    answer = Client().get(f"/{language}/certificates/{certificate.code}/")
    assert answer.status_code == status and 'name="robots" content="noindex"' in answer.content.decode()
    return answer.content.decode()


def test_who_holds_one_from_another_cohort_is_given_no_second_one(cohort, holder, manager):
    make_certificate(holder, cohort)
    other_manager = make_person("other-manager@example.org")
    seat = make_passed(holder, make_cohort(cohort.version, state="closed", manager=other_manager))
    browser = signed_in(other_manager)
    page = browser.post(f"/kk/leaders/enrolments/{seat.pk}/certificate/", follow=True).content.decode()
    assert "басқа лекте" in page and Certificate.objects.count() == 1


def test_issued_checked_corrected_and_revoked(cohort, holder, manager, django_assert_max_num_queries):
    seat = make_passed(holder, cohort)
    story = make_story(make_project(seat, title="Оқушы өз шешімін түсіндіреді"))
    late = make_passed(make_person("late@example.org", family_name="Кеш"), cohort, passed=False)
    page = read(manager, f"{cohort.pk}/certificates/rest/")
    assert f"/kk/leaders/enrolments/{seat.pk}/certificate/" in page and "Қорытынды бағалау" in page
    assert f"/kk/leaders/enrolments/{late.pk}/certificate/" not in page
    send(manager, f"enrolments/{late.pk}/certificate/")
    send(manager, f"enrolments/{seat.pk}/certificate/")
    send(manager, f"enrolments/{seat.pk}/certificate/")
    first = Certificate.objects.get()
    assert holder.full_name in read(manager, f"{cohort.pk}/certificates/")
    for place in (f"{cohort.pk}/course/", f"{cohort.pk}/progress/"):
        page = read(holder, place)
        assert f'href="/kk/leaders/certificates/{first.pk}/"' in page and "<p>1 / 1</p>" not in page
    assert "/kk/leaders/certificates/" in signed_in(holder).get("/kk/start/").content.decode()
    assert f"/kk/leaders/certificates/{first.pk}/" in read(holder, "certificates/")
    read(late.user, f"certificates/{first.pk}/", 404)
    with django_assert_max_num_queries(3):
        page = public(first)
    assert "Бұл сертификат жарамды" in page and holder.full_name in page and spelled(first.code) in page
    assert f'href="/kk{story.address}"' in page and story.title in page
    assert "Этот сертификат действителен" in public(first, "ru") and "Gulnur Abdigapparkyzy" in public(first, "en")
    names = {"name_kk": "Әбдіғаппар Гүлнұр", "name_ru": "Абдигаппар Гульнур", "name_en": "Gulnur Abdigappar"}
    send(manager, f"certificates/{first.pk}/replace/", 302, **names)
    second = Certificate.objects.get(replaces=first)
    assert "жаңасымен ауыстырылған күні" in public(first) and f"/kk/certificates/{second.code}/" in public(first)
    assert "Абдигаппар Гульнур" in public(second, "ru") and second.number == 3
    send(manager, f"certificates/{second.pk}/revoke/", 422, ground="mistake")
    send(manager, f"certificates/{second.pk}/revoke/", 302, ground="mistake", reason="Басқа адамға берілген екен.")
    page = public(second)
    assert "күші жойылған күні" in page and "қате берілген" in page and "Басқа адамға" not in page
    assert "Басқа адамға берілген екен." in read(holder, f"certificates/{second.pk}/")
    assert "it was issued by mistake" in public(second, "en") and "выдан по ошибке" in public(second, "ru")
    told = Notice.objects.filter(user=holder, source="certificates").order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["certificate-issued", "certificate-issued", "certificate-revoked"]
    assert list(RegisterLine.objects.values_list("number", "kind")) == [(1, "issued"), (2, "replaced"), (3, "issued"), (4, "revoked")]
    assert list(broken_lines()) == []


def test_a_code_is_found_however_it_is_typed(certificate):
    code, guest = certificate.code, Client()
    cyrillic = code.lower().translate(str.maketrans("abekmhpctxy10", "авекмнрстхуіо"))
    for typed in (spelled(code), f" {code.lower()} ", cyrillic):
        assert guest.get("/kk/certificates/", {"code": typed})["Location"] == f"/kk{certificate.address}"
    assert guest.get(certificate.address)["Location"] == f"/kk{certificate.address}"
    assert guest.get(f"/ru/certificates/{spelled(code)}/")["Location"] == f"/ru{certificate.address}"
    assert "он екі әріп" in guest.get("/kk/certificates/", {"code": "abc"}).content.decode()
    wrong = guest.get(f"/kk/certificates/{'0' * LENGTH}/")
    assert wrong.status_code == 404 and "Мұндай кодпен сертификат берілмеген" in wrong.content.decode()


def test_many_codes_that_do_not_exist_are_too_many(certificate, settings):
    settings.LIMITS = settings.LIMITS | {"certificate-code": (2, 60)}
    answers = [Client().get(f"/kk/certificates/{number:012}/").status_code for number in range(4)]
    assert answers == [404, 404, 429, 429]
    assert Client().get(f"/kk{certificate.address}").status_code == 200


def test_lists_for_those_who_issue(certificate, cohort, manager, holder, django_assert_max_num_queries):
    """The register is read by administrators, its lines are computed again on the page."""
    for seat in make_many_passed(cohort, 12)[:6]:
        actions.issue_certificate(manager, seat)
    administrator, manages = signed_in(make_administrator("administrator@example.org")), signed_in(manager)
    lines = list(csv.reader(io.StringIO(manages.get(f"/ru/leaders/{cohort.pk}/certificates.csv").content.decode("utf-8-sig"))))
    assert lines[1][:3] == ["1", holder.full_name, "Лидер изменений"] and lines[1][-1] == spelled(certificate.code)
    assert holder.full_name in administrator.get("/kk/leaders/register/").content.decode()
    line = certificate.lines.get()
    assert line.hash in administrator.get("/kk/leaders/register.csv").content.decode()
    for reader, place, most in (
        (manages, f"{cohort.pk}/certificates/", 12),
        (manages, f"{cohort.pk}/certificates/rest/", 18),
        (administrator, "register/", 8),
    ):
        with django_assert_max_num_queries(most):
            assert reader.get(f"/kk/leaders/{place}").status_code == 200
    RegisterLine.objects.filter(pk=line.pk).update(digest="0" * 64)
    assert "жол өзгертілген" in administrator.get("/kk/leaders/register/").content.decode()
    RegisterLine.objects.filter(pk=line.pk).update(digest=line.digest)


def test_the_sheet_is_for_its_holder_as_long_as_it_is_valid(certificate, holder, manager):
    answer = signed_in(holder).get(f"/kk/leaders/certificates/{certificate.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf" and b"".join(answer).startswith(b"%PDF")
    actions.revoke_certificate(manager, certificate, ground="holder", reason="Өз өтініші.")
    assert signed_in(holder).get(f"/kk/leaders/certificates/{certificate.pk}.pdf").status_code == 404


def test_whoever_leaves_has_it_erased_and_the_chain_holds(certificate, cohort, holder, manager):
    actions.revoke_certificate(manager, certificate, ground="holder", reason="Өз өтініші.")
    sheet = Path(certificate.pdf.path)
    assert sheet.exists()
    portal_actions.forget_person(holder, keep=False)
    assert not sheet.exists()
    page = public(certificate)
    assert "иесінің қалауымен өшірілді" in page and "Әбдіғаппарқызы" not in page and "жойылған күні" in page
    certificate.refresh_from_db()
    assert (certificate.snapshot, certificate.facts, certificate.reason, certificate.pdf.name) == ({}, {}, "…", "")
    assert list(broken_lines()) == []
    assert "Иесінің қалауымен өшірілген" in read(manager, f"{cohort.pk}/certificates/")
