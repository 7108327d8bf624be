from django.urls import path

from . import feeds

urlpatterns = [
    # care
    path("groups/<int:pk>/feed/", feeds.group_feed, name="group_feed"),
]
