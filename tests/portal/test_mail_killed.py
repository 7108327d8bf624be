"""Workers that are killed in the middle of a letter: whatever the moment, no letter arrives twice and no notice is lost."""

import asyncio
import subprocess

import pytest
from django.db.models import F
from django.utils import timezone

from portal.demo import make_person
from portal.mail.sending import LOST_AFTER
from portal.models import Letter, Notice
from portal.notices import tell
from portal.refs import Ref
from tests.workers import begin_worker, kill, wait_until

from .post_office import HOST, PostOffice

STAGES = ("EHLO", "MAIL", "RCPT", "DATA")


class StoppingOffice(PostOffice):
    """Of the first four connections each is kept waiting at another stage; the last of them when its letter is accepted already."""

    def __init__(self):
        super().__init__()
        self.stages, self.waiting = iter(STAGES), []

    async def stop_at(self, stage: str, session) -> None:
        if not hasattr(session, "stops_at"):
            session.stops_at = next(self.stages, None)
        if session.stops_at == stage:
            self.waiting.append(stage)
            await asyncio.Event().wait()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        await self.stop_at("EHLO", session)
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        await self.stop_at("MAIL", session)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        await self.stop_at("RCPT", session)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        await self.stop_at("DATA", session)
        return answer


@pytest.fixture
def work(tmp_path):
    """Begins the real command on this database and this mail server. None is left behind."""
    workers = []

    def begin(office: PostOffice) -> subprocess.Popen:
        workers.append(begin_worker(tmp_path, EMAIL_URL=f"smtp://{HOST}:{office.port}"))
        return workers[-1]

    yield begin
    kill(workers)


def states() -> list[str]:
    return sorted(Letter.objects.values_list("state", flat=True))


def test_killed_workers_send_nothing_twice_and_lose_nothing(transactional_db, work, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    people = [make_person(f"teacher-{n}@example.org") for n in range(6)]
    for person in people:
        tell([person], "second-factor-reset", Ref("people", person.pk), data={"reason": "Телефоны жоғалды."})
    with StoppingOffice().at_work() as office:
        workers = [work(office) for _stage in STAGES]
        wait_until(lambda: len(office.waiting) == len(STAGES))
        assert states() == ["claimed"] * 3 + ["handed"] + ["waiting"] * 2, "the last two were not even begun"
        kill(workers)
        assert len(office.receivers) == 1
        [arrived] = office.receivers

        Letter.objects.filter(closed_at=None).update(claimed_at=F("claimed_at") - LOST_AFTER)
        work(office)
        wait_until(lambda: states() == ["sent"] * 5 + ["unsure"])
        assert sorted(office.receivers) == [person.email for person in people]
        now = timezone.now()
        assert Notice.objects.untold(before=now, after=now - LOST_AFTER).get().user.email == arrived, "nobody knows that it has arrived"
