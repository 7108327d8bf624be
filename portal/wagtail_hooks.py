"""The CMS beside the pages: vocabularies, schools, people, banners, reports, checks."""

from functools import partial

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from .cms import checks, reports
from .cms.banners import BannerViewSet
from .cms.imports import ImportViewSet
from .cms.people import ResetSecondFactorView, RoleViewSet
from .cms.pins import PinViewSet
from .cms.questions import QuestionsReport
from .cms.schools import SchoolViewSet
from .cms.synonyms import SynonymViewSet
from .cms.viewsets import OnlyPolicy
from .cms.vocabularies import VocabularyGroup
from .models import Grade, Role, School, User

reports.REPORTS["questions"] = QuestionsReport
register_permission_policy(Grade, OnlyPolicy(Grade, "view"))
register_permission_policy(School, OnlyPolicy(School, "view", "add", "change"))
register_permission_policy(User, OnlyPolicy(User, "view", "change"))
register_permission_policy(Role, OnlyPolicy(Role, "view", "add", "delete"))


@hooks.register("register_admin_viewset")
def register_viewsets():
    viewsets = (SchoolViewSet, VocabularyGroup, ImportViewSet, RoleViewSet, BannerViewSet, PinViewSet, SynonymViewSet)
    return [viewset() for viewset in viewsets]


@hooks.register("register_admin_urls")
def register_addresses():
    reset = reauthentication_required(ResetSecondFactorView.as_view())
    return [path("people/<int:pk>/second-factor/", reset, name="reset_second_factor"), *reports.addresses()]


@hooks.register("insert_global_admin_css")
def mend_on_a_phone():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/cms/phone.css"))


@hooks.register("insert_editor_js")
def keep_early_words():
    return format_html('<script src="{}" type="module"></script>', static("portal/cms/early-words.js"))


@hooks.register("before_bulk_action")
def keep_people(request, action_type, objects, action):
    """Wagtail brings addresses that delete people, or change their groups, by the list."""
    if action.model is User:
        raise PermissionDenied


hooks.register("construct_wagtail_userbar", checks.add_checks)
hooks.register("after_publish_page", checks.warn_of_links)
for key in reports.REPORTS:
    hooks.register("register_reports_menu_item", partial(reports.menu_item, key))
