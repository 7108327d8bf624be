"""What the machines around the portal ask: is it alive, is it ready, its numbers. Middleware answers these before all else."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from search.engines import has_cluster
from search.lag import entries_behind, seconds_behind

from ..health import readiness
from ..metrics import exposition


def knows_the_token(request) -> bool:
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and constant_time_compare(request.headers.get("Authorization", ""), wanted)


@require_safe
@never_cache
def live(request):
    """The process answers. Whether the database does is no reason to end it."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request):
    """Everybody may know whether; which part fails and how, only who watches over the portal."""
    parts = readiness()
    status = 503 if any(parts.values()) else 200
    told = {"parts": {name: fault or "ok" for name, fault in parts.items()}} | lag(parts) if knows_the_token(request) else {}
    return JsonResponse({"ready": status == 200} | told, status=status)


def lag(parts: dict[str, str]) -> dict:
    """Of the search cluster. It makes nobody less ready: the portal's own index answers meanwhile."""
    if not has_cluster() or parts["database"]:
        return {}
    return {"cluster": {"entries_behind": entries_behind(), "seconds_behind": round(seconds_behind(), 1)}}


@require_safe
@never_cache
def numbers(request):
    if not knows_the_token(request):
        return HttpResponseNotFound()
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
