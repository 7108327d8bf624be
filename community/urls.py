from django.urls import path, register_converter

from portal.views.search import results_page

from . import feeds
from .views import (
    about,
    composing,
    drafts,
    exports,
    groups,
    invitations,
    lists,
    membership,
    offers,
    reading,
    stewarding,
    stewards,
    topics,
    visits,
)


class Place:
    """Where a draft belongs to."""

    regex = "groups|topics|posts"
    to_python = to_url = staticmethod(str)


class Switch:
    regex = "|".join(stewarding.SWITCHES)
    to_python = to_url = staticmethod(str)


register_converter(Place, "place")
register_converter(Switch, "switch")

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

# How far one has read, how closely one follows, what one keeps
urlpatterns += [
    path("me/groups/", lists.my_groups, name="my_groups"),
    path("me/groups/read/", reading.read_everything, name="read_everything"),
    path("unanswered/", lists.unanswered, name="unanswered"),
    path("bookmarks/", lists.bookmarks, name="bookmarks"),
    path("groups/<int:pk>/read/", reading.read_group, name="read_group"),
    path("groups/<int:pk>/follow/", reading.follow_group, name="follow_group"),
    path("topics/<int:pk>/read/", reading.read_topic, name="read_topic"),
    path("topics/<int:pk>/follow/", reading.follow_topic, name="follow_topic"),
    path("posts/<int:pk>/keep/", reading.keep_post, name="keep_post"),
]

# What is said: reading it and writing it
urlpatterns += [
    path("groups/<int:pk>/ask/", composing.ask, name="ask"),
    path("groups/<int:pk>/people/", offers.people_to_name, name="people_to_name"),
    path("topics/preview/", offers.preview, name="preview_post"),
    path("topics/similar/", offers.similar, name="similar_topics"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/<int:number>/", topics.topic, name="topic_post"),
    path("topics/<int:pk>/unread/", reading.first_unread, name="topic_unread"),
    path("topics/<int:pk>/files/<int:file_pk>/", topics.file, name="post_file"),
    path("topics/<int:pk>/files/<int:file_pk>/preview/", topics.preview, name="post_file_preview"),
    path("topics/<int:pk>/reply/", composing.reply, name="reply"),
    path("topics/about/<slug:source>/<int:pk>/", about.topics_about, name="topics_about"),
    path("topics/about/<slug:source>/<int:pk>/begin/", about.begin_about, name="begin_about"),
    path("topics/<int:pk>/<int:number>/history/", stewarding.history, name="post_history"),
    path("topics/<int:pk>/change/", stewarding.change, name="change_topic"),
    path("topics/<int:pk>/hide/", stewarding.hide, name="hide_topic"),
    path("topics/<int:pk>/delete/", stewarding.delete, name="delete_topic"),
    path("topics/<int:pk>/move/", stewarding.move, name="move_topic"),
    path("topics/<int:pk>/split/", stewarding.split, name="split_topic"),
    path("topics/<int:pk>/<switch:name>/", stewarding.switch, name="switch_topic"),
    path("groups/<int:pk>/held/", stewarding.held, name="held"),
    path("posts/<int:pk>/decide/", stewarding.decide_held, name="decide_held"),
    path("posts/<int:pk>/hide/", stewarding.hide_post, name="hide_post"),
    path("posts/<int:pk>/delete/", stewarding.delete_post, name="delete_post"),
    path("posts/<int:pk>/edit/", composing.edit, name="edit_post"),
    path("posts/<int:pk>/solve/", stewarding.solve, name="solve"),
    path("drafts/<place:kind>/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<place:kind>/<int:pk>/upload/", drafts.upload, name="draft_upload"),
    path("drafts/<place:kind>/<int:pk>/upload/<uuid:upload>/", drafts.upload, name="draft_upload_piece"),
    path("drafts/files/<int:file_pk>/", drafts.draft_file, name="draft_file"),
    path("drafts/files/<int:file_pk>/drop/", drafts.drop_draft_file, name="drop_draft_file"),
]

# What machines read, and what the owner takes along
urlpatterns += [
    path("groups/<int:pk>/feed/", feeds.group_feed, name="group_feed"),
    path("groups/<int:pk>/export/", exports.export, name="group_export"),
    path("groups/<int:pk>/export/file/", exports.archive, name="group_archive_file"),
]
