"""A cohort of the demo that takes applications."""

from datetime import timedelta

from django.utils import timezone

from portal.models import Region, User

from ..models import Cohort, ProgrammeVersion
from . import make_cohort
from .applying import put_questions, put_stages

NAMES = {"name_kk": "№ 4 лек, Астана қаласы", "name_ru": "Поток № 4, город Астана", "name_en": "Cohort 4, Astana"}


def put(version: ProgrammeVersion, cast: dict[str, User]) -> None:
    now, today = timezone.now(), timezone.localdate()
    days = {
        "starts_on": today + timedelta(days=90),
        "ends_on": today + timedelta(days=188),
        "opens_at": now,
        "closes_at": now + timedelta(days=21),
    }
    where = {
        "region": Region.objects.get(code="71"),
        "format": Cohort.Format.BOTH,
    }
    cohort = make_cohort(version, manager=cast["steward"], needs_endorsement=True, **NAMES, **days, **where)
    put_questions(cohort)
    put_stages(cohort, shift=55)
