"""What readers see of events besides their own pages: lists, and calendars for their phones."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from .editorial import kept, public_pages, visible_to
from .models import EventPage
from .paging import newest_first

COMING_KEPT = 10
COMING_SHOWN = 50
# How long a calendar keeps what is over
CALENDAR_REMEMBERS = timedelta(days=90)


def event_row(event: EventPage) -> dict:
    return {
        "title": event.title,
        "lead": event.lead,
        "url": event.url,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "format": event.get_format_display(),
        "place": event.place,
    }


def coming_events() -> dict:
    """The next events in the reader's language, and the section that holds the first of them."""
    return kept("events", read_coming_events)


def read_coming_events() -> dict:
    mine = public_pages(EventPage).filter(locale__language_code=get_language(), ends_at__gte=timezone.now())
    events = list(mine.order_by("starts_at", "pk")[:COMING_KEPT])
    section = events[0].get_parent() if events else None
    return {"events": [event_row(event) for event in events], "url": section.url if section else ""}


def events_of_section(section, request) -> dict:
    """Coming ones, the nearest first, on the first page alone; those that are over, the latest first, page by page."""
    events, now = EventPage.objects.child_of(section).filter(visible_to(request.user)), timezone.now()
    over = newest_first(request, events.filter(ends_at__lt=now), "starts_at")
    first = not over.newer_url
    coming = events.filter(ends_at__gte=now).order_by("starts_at", "pk")[:COMING_SHOWN] if first else []
    return {
        "listed": over,
        "first": first,
        "coming": [event_row(event) for event in coming],
        "past": [event_row(event) for event in over.rows],
    }


def calendar_of_language() -> Calendar:
    since = timezone.now() - CALENDAR_REMEMBERS
    events = public_pages(EventPage).filter(locale__language_code=get_language(), ends_at__gte=since)
    return calendar(events.order_by("starts_at", "pk"))


def calendar(events) -> Calendar:
    made = Calendar()
    made.add("prodid", f"-//{urlsplit(settings.SITE_URL).hostname}//portal//")
    made.add("version", "2.0")
    made.add("x-wr-calname", gettext("Events of the teachers' portal"))
    made.add("x-wr-timezone", settings.TIME_ZONE)
    for event in events:
        made.add_component(calendar_event(event))
    made.add_missing_timezones()
    return made


def calendar_event(event: EventPage) -> Event:
    """Without the address of the meeting: a calendar is passed on more easily than a page."""
    made = Event()
    made.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    made.add("dtstamp", event.last_published_at or event.latest_revision_created_at)
    made.add("dtstart", timezone.localtime(event.starts_at))
    made.add("dtend", timezone.localtime(event.ends_at))
    made.add("summary", event.title, {"language": event.locale.language_code})
    made.add("url", settings.SITE_URL + event.url)
    where = [event.place, event.get_format_display() if event.is_online else ""]
    made.add("location", ", ".join(part for part in where if part))
    made.add("description", "\n".join(part for part in (event.lead, event.organiser, settings.SITE_URL + event.url) if part))
    return made
