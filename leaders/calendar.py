"""The meetings of a person, as her calendar asks for them."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.models import User

from .models import Meeting

# How long a calendar keeps what is over
REMEMBERS = timedelta(days=180)


def calendar_of(user: User) -> Calendar:
    """Also those that were cancelled: a calendar has to learn of it."""
    meetings = Meeting.objects.of_person(user).filter(ends_at__gte=timezone.now() - REMEMBERS).select_related("cohort")
    made = Calendar()
    made.add("prodid", f"-//{host()}//leaders//")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("My meetings"))
    made.add("x-wr-timezone", settings.TIME_ZONE)
    for meeting in meetings:
        made.add_component(event_of(meeting))
    made.add_missing_timezones()
    return made


def event_of(meeting: Meeting) -> Event:
    url = f"{settings.SITE_URL}/{meeting.language}{meeting.address}"
    made = Event()
    made.add("uid", f"{meeting.uid}@{host()}")
    made.add("sequence", meeting.sequence + (meeting.is_planned and not meeting.takes_place))
    made.add("dtstamp", meeting.changed_at)
    made.add("last-modified", meeting.changed_at)
    made.add("dtstart", timezone.localtime(meeting.starts_at))
    made.add("dtend", timezone.localtime(meeting.ends_at))
    made.add("status", "CONFIRMED" if meeting.takes_place else "CANCELLED")
    made.add("summary", meeting.title, {"language": meeting.language})
    made.add("url", url)
    if meeting.place:
        made.add("location", meeting.place)
    made.add("description", "\n".join(part for part in (meeting.cohort.name, meeting.join_url, url) if part))
    return made


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname
