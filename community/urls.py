from django.urls import path

from portal.views.search import results_page

from .views import groups, lists, membership, reading

# Groups, and who belongs to them
urlpatterns = [
    path("groups/", results_page, {"source": "groups", "head": "community/groups_head.html"}, name="groups"),
    path("groups/new/", groups.found, name="found_group"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/about/", groups.about, name="group_about"),
    path("groups/<int:pk>/members/", groups.members, name="group_members"),
    path("groups/<int:pk>/files/", groups.files, name="group_files"),
    path("groups/<int:pk>/materials/", groups.materials, name="group_materials"),
    path("groups/<int:pk>/picture/", groups.picture, name="group_picture"),
    path("groups/<int:pk>/picture/change/", groups.change_picture, name="change_group_picture"),
    path("groups/<int:pk>/edit/", groups.edit, name="edit_group"),
    path("groups/<int:pk>/archive/", groups.archive, name="archive_group"),
    path("groups/<int:pk>/join/", membership.join, name="join_group"),
    path("groups/<int:pk>/leave/", membership.leave, name="leave_group"),
    path("groups/<int:pk>/take-back/", membership.take_back, name="take_back_request"),
]

# How far one has read, how closely one follows, what one keeps
urlpatterns += [
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
