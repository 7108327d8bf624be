"""A cohort is issued its certificates, its participants read theirs, whoever has the paper checks it, and one of them is revoked."""

import pytest

from leaders import actions
from leaders.demo import make_cohort
from leaders.demo.certificates import make_passed, make_short_version
from leaders.models import Certificate, IssueRun
from portal.demo import make_person

from .test_care import enter

GUESTS = [("kk", 360), ("ru", 1280), ("en", 360)]
VALID = {"kk": "Бұл сертификат жарамды", "ru": "Этот сертификат действителен", "en": "This certificate is valid"}
REVOKED = {"kk": "күші жойылған", "ru": "аннулирован", "en": "revoked on"}


@pytest.fixture
def queue(settings) -> None:
    """The worker comes when the test says so."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def test_issued_verified_and_revoked(walk, live_server, transactional_db, queue):
    manager, holder = make_person("manager@example.org"), make_person("holder@example.org", family_name="Әбдіғаппар", given_name="Гүлнұр")
    cohort = make_cohort(make_short_version(), state="assessment", manager=manager)
    make_passed(holder, cohort)
    make_passed(make_person("late@example.org", family_name="Кеш"), cohort, passed=False)

    office = enter(walk("kk", 1280), manager, live_server.url)
    office.open(f"leaders/{cohort.pk}/certificates/")
    office.check("before")
    office.press('form[action$="/certificates/issue/"] button')
    office.arrive("leaders/certificates/runs/\\d+/")
    office.check("under way")
    actions.go_on_issuing.call(IssueRun.objects.get().pk)
    office.see("#standing .notice-ok")
    office.see("#standing li", "Кеш")
    office.check("done")

    certificate = Certificate.objects.get()
    own = enter(walk("kk", 360), holder, live_server.url)
    own.open("leaders/certificates/")
    own.press(".row-title a")
    own.arrive(f"leaders/certificates/{certificate.pk}/")
    own.check("her own")
    guests = [walk(language, width) for language, width in GUESTS]
    for guest in guests:
        guest.open("certificates/")
        guest.write('input[name="code"]', certificate.code.lower())
        guest.press("form.form button")
        guest.arrive(f"certificates/{certificate.code}/")
        guest.see(".notice-ok", VALID[guest.language])
        guest.check("valid")

    office.open(f"leaders/certificates/{certificate.pk}/revoke/")
    office.press('input[value="not-met"]')
    office.write('textarea[name="reason"]', "Қорытынды бағалау қайта қаралды.")
    office.check("revoking")
    office.press("button.button-danger")
    office.arrive(f"leaders/certificates/{certificate.pk}/")
    for guest in guests:
        guest.page.reload()
        guest.see(".notice-danger", REVOKED[guest.language])
        guest.check("revoked")
