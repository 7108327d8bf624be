"""Everything that is measured of one seeded portal, as plain numbers."""

from statistics import median

from portal.models import User

from .certificates import measure_certificates
from .cohorts import MANAGER, Sizes, cohort_pages
from .engine import measure_engine
from .pages import GUEST, group_pages, own_pages, pages, signed_in
from .people import TEACHER
from .server import ENOUGH_SECONDS, Server, serving
from .worker import measure_worker

CERTIFICATES = 1000
SIZES = Sizes()


def measure(
    environment: dict[str, str], *, seconds: float = ENOUGH_SECONDS, certificates: int = CERTIFICATES, sizes: Sizes = SIZES
) -> dict[str, float]:
    """CPU of pages as multiples of "ok", the rest in milliseconds, seconds and MiB."""
    numbers = measure_pages(environment, seconds, sizes)
    for name, (middle, slow) in measure_engine().items():
        numbers |= {f"engine: {name}": middle, f"engine: {name}, p95": slow}
    return numbers | {"worker": measure_worker(environment), "certificates": measure_certificates(certificates)}


def measure_pages(environment: dict[str, str], seconds: float, sizes: Sizes) -> dict[str, float]:
    """Each page between two measurements of "ok": a machine is not equally fast all the time."""
    teacher = signed_in(User.objects.get(email=TEACHER))
    asked = [(name, addresses, GUEST) for name, addresses in pages().items()]
    asked += [(name, addresses, teacher) for name, addresses in (own_pages() | group_pages()).items()]
    manager = signed_in(User.objects.get(email=MANAGER))
    asked += [(name, addresses, manager) for name, addresses in cohort_pages(sizes).items()]
    numbers = {}
    with serving(environment) as server:
        units = [ok(server, seconds)]
        for name, addresses, cookies in asked:
            cost = server.measure(addresses, cookies, seconds=seconds)
            units.append(ok(server, seconds))
            numbers[name] = 2 * cost.cpu / (units[-2] + units[-1])
            if "while typing" in name:
                numbers |= {f"{name}, p50": cost.p50, f"{name}, p95": cost.p95}
    return {"ok": median(units)} | numbers


def ok(server: Server, seconds: float) -> float:
    return server.measure(["/ok/"], GUEST, seconds=seconds).cpu
