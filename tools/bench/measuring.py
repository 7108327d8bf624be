"""Everything that is measured of one seeded portal, as plain numbers."""

from portal.models import User

from .engine import measure_engine
from .pages import GUEST, own_pages, pages, signed_in
from .people import TEACHER
from .server import ENOUGH_SECONDS, serving
from .worker import measure_worker


def measure(environment: dict[str, str], *, seconds: float = ENOUGH_SECONDS) -> dict[str, float]:
    """CPU of pages as multiples of "ok", the rest in milliseconds and MiB."""
    numbers = measure_pages(environment, seconds)
    for name, (middle, slow) in measure_engine().items():
        numbers |= {f"engine: {name}": middle, f"engine: {name}, p95": slow}
    return numbers | {"worker": measure_worker(environment)}


def measure_pages(environment: dict[str, str], seconds: float) -> dict[str, float]:
    teacher = signed_in(User.objects.get(email=TEACHER))
    with serving(environment) as server:
        ok = [server.measure(["/ok/"], GUEST, seconds=seconds).cpu]
        costs = {name: server.measure(addresses, GUEST, seconds=seconds) for name, addresses in pages().items()}
        costs |= {name: server.measure(addresses, teacher, seconds=seconds) for name, addresses in own_pages().items()}
        ok.append(server.measure(["/ok/"], GUEST, seconds=seconds).cpu)
    unit = sum(ok) / len(ok)
    numbers = {"ok": unit} | {name: cost.cpu / unit for name, cost in costs.items()}
    for name in costs:
        if "while typing" in name:
            numbers |= {f"{name}, p50": costs[name].p50, f"{name}, p95": costs[name].p95}
    return numbers
