from django.urls import path

from portal.views.search import results_page

from .views import groups, invitations, membership, stewards, visits

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
