from django.urls import path

from .views import lists, reading

urlpatterns = [
    # How far one has read, and what one keeps
    path("me/groups/", lists.my_groups, name="my_groups"),
    path("me/groups/read/", reading.read_everything, name="read_everything"),
    path("unanswered/", lists.unanswered, name="unanswered"),
    path("bookmarks/", lists.bookmarks, name="bookmarks"),
    path("groups/<int:pk>/read/", reading.read_group, name="read_group"),
    path("groups/<int:pk>/follow/", reading.follow_group, name="follow_group"),
    path("topics/<int:pk>/unread/", reading.first_unread, name="first_unread"),
    path("topics/<int:pk>/read/", reading.read_topic, name="read_topic"),
    path("topics/<int:pk>/follow/", reading.follow_topic, name="follow_topic"),
    path("posts/<int:pk>/keep/", reading.keep_post, name="keep_post"),
]
