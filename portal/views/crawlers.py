"""What programs read: search engines, feed readers, calendars."""

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, conditional_page, require_safe

from .. import sitemaps
from ..editorial import visible_to
from ..events import calendar, calendar_of_language
from ..models import EventPage
from ..seams import sitemaps as registered

HOUR = 3600
XML, CALENDAR = "application/xml", "text/calendar; charset=utf-8"
# Pages of one person, and lists that can be filtered without end
NOT_FOR_ROBOTS = ("/cms/", "/*/accounts/", "/*/start/", "/*/me/", "/*/search/", "/*/materials/?", "/*/languages/")


@require_safe
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), "", f"Sitemap: {settings.SITE_URL}{reverse('sitemaps')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=HOUR)
@conditional_page
def sitemap_index(request):
    return HttpResponse(sitemaps.index(), content_type=XML)


def part_changed(request, key: str, language: str, number: int):
    sitemap = next((sitemap for sitemap in registered if sitemap.key == key), None)
    if not sitemap or language not in dict(settings.LANGUAGES):
        raise Http404
    changed = sitemap.part(language, number).order_by("-" + sitemap.changed).values_list(sitemap.changed, flat=True)
    return changed.first()


@require_safe
@cache_control(public=True, max_age=HOUR)
@condition(last_modified_func=part_changed)
def sitemap(request, key: str, language: str, number: int):
    [chosen] = [sitemap for sitemap in registered if sitemap.key == key]
    return StreamingHttpResponse(sitemaps.urls(chosen, language, number), content_type=XML)


@require_safe
@cache_control(public=True, max_age=HOUR)
@conditional_page
def events_calendar(request):
    """What anybody may come to, in the language of the address: a calendar programme has no session."""
    return HttpResponse(calendar_of_language().to_ical(), content_type=CALENDAR)


@require_safe
def event_calendar(request, pk: int):
    event = get_object_or_404(EventPage.objects.filter(visible_to(request.user)).select_related("locale"), pk=pk)
    answer = HttpResponse(calendar([event]).to_ical(), content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer
