"""An address that a calendar keeps for years: it has no language."""

from django.urls import path

from ..views.meetings import calendar_feed

urlpatterns = [path("calendar/<str:key>.ics", calendar_feed, name="calendar_feed")]
