"""Certificates: one for a person and version, once everything is met; a register that shows every change; a sheet and a public page."""

from io import StringIO

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from leaders import actions
from leaders.checking import broken_lines
from leaders.demo import make_cohort
from leaders.demo.certificates import make_certificate, make_passed, make_short_version
from leaders.models import Certificate, Cohort, Register, RegisterLine
from portal.demo import make_person
from portal.models import Notice, User

pytestmark = pytest.mark.django_db

LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"


@pytest.fixture
def manager() -> User:
    return make_person("manager@example.org")


@pytest.fixture
def cohort(manager) -> Cohort:
    return make_cohort(make_short_version(), state="running", manager=manager)


@pytest.fixture
def holder() -> User:
    names = {"family_name": "Әбдіғаппарқызы", "given_name": "Гүлнұр", "patronymic": LETTERS, "latin_name": "Gulnur Abdigapparkyzy"}
    return make_person("holder@example.org", **names)


@pytest.fixture
def certificate(cohort, holder, django_capture_on_commit_callbacks) -> Certificate:
    with django_capture_on_commit_callbacks(execute=True):
        made = make_certificate(holder, cohort)
    made.refresh_from_db()
    return made


def test_one_for_a_person_only_when_everything_is_met(cohort, holder, manager):
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


def test_a_sheet_of_one_page_has_every_kazakh_letter(certificate, settings):
    with certificate.pdf.open() as stored, pypdfium2.PdfDocument(stored.read()) as sheet:
        assert len(sheet) == 1
        text = sheet[0].get_textpage().get_text_range()
    for said in (LETTERS, "Gulnur Abdigapparkyzy", "Өзгерістер", "Лидер изменений", "Change leader", "240 сағат", "240 часов", "240 hours"):
        assert said in text
    assert f"{settings.SITE_URL}/certificates/{certificate.code}".partition("://")[2] in text


def test_a_line_that_was_changed_is_named(certificate, cohort, manager):
    other = make_certificate(make_person("other@example.org"), cohort)
    actions.revoke_certificate(manager, certificate, ground="mistake", reason="Қателік.")
    assert list(broken_lines()) == []
    Certificate.objects.filter(pk=other.pk).update(snapshot=other.snapshot | {"kk": other.snapshot["kk"] | {"name": "Басқа"}})
    assert [(found.pk, found.field) for found in broken_lines()] == [(2, "digest")]
    Certificate.objects.filter(pk=other.pk).update(snapshot=other.snapshot)
    RegisterLine.objects.filter(number=2).update(at=timezone.now())
    said = StringIO()
    call_command("check_leaders", stdout=said)
    assert "register lines 2: hash" in said.getvalue() and said.getvalue().endswith("1 wrong\n")
    RegisterLine.objects.filter(number=2).delete()
    assert {(found.kind, found.pk, found.field) for found in broken_lines()} == {
        ("register lines", 3, "number"),
        ("register lines", 3, "previous hash"),
        ("certificates", other.pk, "state"),
    }
    RegisterLine.objects.filter(number=3).delete()
    assert ("registers", Register.objects.get().pk) in {(found.kind, found.pk) for found in broken_lines()}
