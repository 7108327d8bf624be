from django.urls import path

from portal.views.search import results_page

from . import feeds
from .views import exports, groups, membership

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

# What machines read, and what the owner takes along
urlpatterns += [
    path("groups/<int:pk>/feed/", feeds.group_feed, name="group_feed"),
    path("groups/<int:pk>/export/", exports.export, name="group_export"),
    path("groups/<int:pk>/export/file/", exports.archive, name="group_archive_file"),
]
