"""Builders of participants who have completed, and of their certificates."""

from django.utils import timezone

from portal.models import User

from .. import actions
from ..models import Certificate, Cohort, Enrolment, ExternalResult, Programme, ProgrammeVersion
from ..moves import move_all
from . import make_enrolment, make_version

EXAM = {
    "code": "exam",
    "kind": "external",
    "name_kk": "Қорытынды бағалау",
    "name_ru": "Итоговое оценивание",
    "name_en": "Final assessment",
}
WHOLE = {
    "code": "whole",
    "kind": "all",
    "name_kk": "Бағдарламаны аяқтау",
    "name_ru": "Завершение программы",
    "name_en": "Completing the programme",
    "children": [EXAM],
}


def make_short_version(programme: Programme | None = None, **fields) -> ProgrammeVersion:
    """Whoever passes the assessment has completed it."""
    return make_version(programme, rules=WHOLE, **fields)


def make_passed(user: User, cohort: Cohort, *, passed: bool = True) -> Enrolment:
    """Of a cohort of a short version."""
    enrolment = make_enrolment(user, cohort)
    requirement = cohort.version.requirements.get(code="exam")
    said = {"points": 0, "assessor": "Емтихан орталығы", "assessed_on": timezone.localdate()}
    actions.put_external_result(None, enrolment, requirement, passed=passed, **said)
    return enrolment


def make_many_passed(cohort: Cohort, number: int) -> list[Enrolment]:
    """The same for thousands."""
    seats = make_many_seats(cohort, number)
    exam, today = cohort.version.requirements.get(code="exam"), timezone.localdate()
    ExternalResult.objects.bulk_create(
        ExternalResult(enrolment=seat, requirement=exam, passed=True, points=0, assessor="Емтихан орталығы", assessed_on=today)
        for seat in seats
    )
    return seats


def make_many_seats(cohort: Cohort, number: int) -> list[Enrolment]:
    """Of people who study in it."""
    seats = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, user=user, place=place) for place, user in enumerate(make_many_people(cohort, number))
    )
    for state in (Enrolment.State.ENROLLED, Enrolment.State.ACTIVE):
        move_all(seats, state, actor=None)
    return seats


def make_many_people(cohort: Cohort, number: int) -> list[User]:
    names = [(f"many-{cohort.pk}-{n}@example.org", f"Тыңдаушы {n:04}") for n in range(number)]
    return User.objects.bulk_create(
        User(email=address, email_key=address, family_name=name, given_name="Ерлан", sort_key=name) for address, name in names
    )


def make_certificate(user: User, cohort: Cohort) -> Certificate:
    return actions.issue_certificate(None, make_passed(user, cohort))
