"""The CMS beside the pages: vocabularies, schools, people."""

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .cms.people import ResetSecondFactorView, RoleViewSet
from .cms.schools import SchoolViewSet
from .cms.viewsets import OnlyPolicy
from .cms.vocabularies import VocabularyGroup
from .models import Grade, Role, School, User

register_permission_policy(Grade, OnlyPolicy(Grade, "view"))
register_permission_policy(School, OnlyPolicy(School, "view", "add", "change"))
register_permission_policy(User, OnlyPolicy(User, "view", "change"))
register_permission_policy(Role, OnlyPolicy(Role, "view", "add", "delete"))


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [SchoolViewSet(), VocabularyGroup(), RoleViewSet()]


@hooks.register("register_admin_urls")
def register_addresses():
    reset = reauthentication_required(ResetSecondFactorView.as_view())
    return [path("people/<int:pk>/second-factor/", reset, name="reset_second_factor")]


@hooks.register("before_bulk_action")
def keep_people(request, action_type, objects, action):
    """Wagtail brings addresses that delete people, or change their groups, by the list."""
    if action.model is User:
        raise PermissionDenied
