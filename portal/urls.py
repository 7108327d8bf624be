"""The composition root of addresses: it may name every app."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as cms_urls
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern

from .cms.account import own_settings
from .feeds import pages_feed, section_feed
from .views import (
    acts,
    asking,
    care,
    complaints,
    crawlers,
    invitations,
    machines,
    my_data,
    notices,
    pages,
    people,
    proof,
    proposals,
    saved_searches,
    schools,
    search,
    suggestions,
    tasks,
)

to_import = RedirectView.as_view(pattern_name="imports:read")
to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

site = [
    path("", pages.home, name="home"),
    # Passkeys are listed on the page of the second factor.
    path("accounts/2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    # allauth lets a first password be set without a proof, and a password is one.
    path("accounts/password/set/", reauthentication_required(password_set), name="account_set_password"),
    path("accounts/reauthenticate/code/", proof.prove_by_code, name="reauthenticate_by_code"),
    path("accounts/", include("allauth.urls")),
    path("welcome/", people.welcome, name="welcome"),
    path("start/", people.start, name="start"),
    path("agree/", people.agree, name="agree"),
    path("me/", people.edit_profile, name="edit_profile"),
    path("me/school/", people.change_school, name="change_school"),
    path("me/data/", my_data.my_data, name="my_data"),
    path("me/data/ask/", my_data.ask, name="ask_for_data"),
    path("me/data/archive/", my_data.archive, name="data_archive"),
    path("me/leave/", my_data.leave, name="leave"),
    path("me/stay/", my_data.stay, name="stay"),
    path("people/", search.results_page, {"source": "people"}, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    # Addresses of notices have a language, those of the CMS have none.
    path("imports/<int:pk>/", to_import, name="import_page"),
    path("schools/suggest/", suggestions.suggest_schools, name="suggest_schools"),
    path("schools/<int:pk>/", schools.school, name="school"),
    path("schools/proposals/", proposals.proposals, name="proposals"),
    path("schools/proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("objectives/suggest/", suggestions.suggest_objectives, name="suggest_objectives"),
    path("confirmations/", people.confirmations, name="confirmations"),
    path("confirmations/<int:pk>/confirm/", people.confirm, name="confirm"),
    path("confirmations/<int:pk>/withdraw/", people.unconfirm, name="unconfirm"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("people/<int:pk>/block/", care.block, name="block"),
    path("people/<int:pk>/suspend/", care.suspend, name="suspend"),
    path("me/blocked/", care.blocked_people, name="blocked_people"),
    path("acts/", acts.acts, name="acts"),
    path("notices/", notices.notices, name="notices"),
    path("notices/bell/", notices.bell, name="bell"),
    path("notices/<int:pk>/open/", notices.open_notice, name="open_notice"),
    path("notices/read/", notices.read_all_notices, name="read_all_notices"),
    path("notices/settings/", notices.notice_settings, name="notice_settings"),
    path("notices/try-mail-again/", notices.try_mail_again, name="try_mail_again"),
    path("letters/stop/<str:token>/", notices.unsubscribe, name="unsubscribe"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/mine/", complaints.my_complaints, name="my_complaints"),
    path("complaints/<int:pk>/", complaints.case, name="case"),
    path("complaints/<int:pk>/appeal/", complaints.appeal, name="appeal"),
    path("complaints/<slug:source>/<int:pk>/", complaints.complain, name="complain"),
    path("tasks/", tasks.failed_tasks, name="failed_tasks"),
    path("tasks/retry/", tasks.retry_all, name="retry_all_tasks"),
    path("tasks/<uuid:pk>/retry/", tasks.retry, name="retry_task"),
    path("tasks/<uuid:pk>/forget/", tasks.forget, name="forget_task"),
    path("search/", search.results_page, name="search"),
    path("search/suggest/", suggestions.suggest_anything, name="suggest_anything"),
    path("search/own-first/", search.set_own_first, name="set_own_first"),
    path("search/asked/", asking.note_asking, name="note_asking"),
    path("searches/", saved_searches.my_searches, name="my_searches"),
    path("searches/save/", saved_searches.save_search, name="save_search"),
    path("searches/<int:pk>/", saved_searches.rename_search, name="rename_search"),
    path("searches/<int:pk>/forget/", saved_searches.forget_search, name="forget_search"),
    path("feeds/", pages_feed, name="pages_feed"),
    path("feeds/<int:pk>/", section_feed, name="section_feed"),
    path("events/calendar/", crawlers.events_calendar, name="events_calendar"),
    path("events/<int:pk>/calendar/", crawlers.event_calendar, name="event_calendar"),
    path("languages/<int:pk>/", pages.page_languages, name="page_languages"),
    path("", include("community.urls")),
    path("", include("resources.urls")),
    path("", include("leaders.urls")),
]
if settings.DEBUG:
    site.append(path("look/", pages.look_page, name="look"))
if apps.is_installed("portal.sent_mail"):
    site.append(path("sent-mail/", include("portal.sent_mail.urls")))

urlpatterns = [
    path("health/live", machines.live, name="health_live"),
    path("health/ready", machines.ready, name="health_ready"),
    path("metrics", machines.numbers, name="metrics"),
    path("", pages.root, name="root"),
    path("look/", pages.set_look, name="set_look"),
    path("banners/<int:pk>/dismiss/", pages.dismiss_banner, name="dismiss_banner"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap_index, name="sitemaps"),
    path("sitemaps/<slug:key>/<slug:language>/<int:number>.xml", crawlers.sitemap, name="sitemap"),
    path("", include("leaders.urls.calendar")),
    # Wagtail's own login pages know nothing of the second factor: whoever comes by them is led to allauth.
    path("cms/login/", to_login),
    path("cms/password_reset/", to_login),
    path("cms/account/", own_settings),
    path("cms/", include(cms_urls)),
    path("documents/", include(document_urls)),
    # Sizes of the editors' pictures alone; files of members are never reached by an address of their own.
    re_path(r"^media/images/(?P<path>[\w.-]{1,120})$", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    *i18n_patterns(
        *site,
        path("_util/login/", to_login, name="wagtailcore_login"),
        re_path(serve_pattern, pages.editorial_page, name="wagtail_serve"),
    ),
]

handler400 = pages.bad_request
handler404 = pages.not_found
