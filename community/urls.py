from django.urls import path, register_converter

from portal.views.search import results_page

from . import feeds
from .views import composing, exports, groups, invitations, membership, stewarding, stewards, topics, visits


class Place:
    """Where a draft belongs to."""

    regex = "groups|topics|posts"
    to_python = to_url = staticmethod(str)


register_converter(Place, "place")

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
    path("groups/<int:pk>/requests/", stewards.requests, name="group_requests"),
    path("groups/<int:pk>/requests/<int:request_pk>/", stewards.decide, name="decide_request"),
    path("groups/<int:pk>/members/<int:user_pk>/role/", stewards.set_role, name="set_group_role"),
    path("groups/<int:pk>/members/<int:user_pk>/remove/", stewards.remove, name="remove_member"),
    path("groups/<int:pk>/members/<int:user_pk>/lift/", stewards.lift, name="lift_exclusion"),
    path("groups/<int:pk>/removed/", stewards.exclusions, name="group_exclusions"),
    path("groups/<int:pk>/invitations/", invitations.invitations, name="group_invitations"),
    path("groups/<int:pk>/invitations/<int:invitation_pk>/withdraw/", invitations.withdraw, name="withdraw_group_invitation"),
    path("groups/<int:pk>/visit/", visits.visit, name="visit_group"),
    path("groups/join/<str:token>/", invitations.invitation, name="group_invitation"),
]

# What is said: reading it and writing it
urlpatterns += [
    path("groups/<int:pk>/ask/", composing.ask, name="ask"),
    path("groups/<int:pk>/people/", composing.people_to_name, name="people_to_name"),
    path("topics/preview/", composing.preview, name="preview_post"),
    path("topics/similar/", composing.similar, name="similar_topics"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/<int:number>/", topics.topic, name="topic_post"),
    path("topics/<int:pk>/unread/", topics.unread, name="topic_unread"),
    path("topics/<int:pk>/files/<int:file_pk>/", topics.file, name="post_file"),
    path("topics/<int:pk>/files/<int:file_pk>/preview/", topics.preview, name="post_file_preview"),
    path("topics/<int:pk>/reply/", composing.reply, name="reply"),
    path("posts/<int:pk>/edit/", composing.edit, name="edit_post"),
    path("posts/<int:pk>/solve/", stewarding.solve, name="solve"),
    path("drafts/<place:kind>/<int:pk>/", composing.draft, name="draft"),
    path("drafts/<place:kind>/<int:pk>/upload/", composing.upload, name="draft_upload"),
    path("drafts/<place:kind>/<int:pk>/upload/<uuid:upload>/", composing.upload, name="draft_upload_piece"),
    path("drafts/files/<int:file_pk>/", composing.draft_file, name="draft_file"),
    path("drafts/files/<int:file_pk>/drop/", composing.drop_draft_file, name="drop_draft_file"),
]

# What machines read, and what the owner takes along
urlpatterns += [
    path("groups/<int:pk>/feed/", feeds.group_feed, name="group_feed"),
    path("groups/<int:pk>/export/", exports.export, name="group_export"),
    path("groups/<int:pk>/export/file/", exports.archive, name="group_archive_file"),
]
