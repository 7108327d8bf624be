"""What a person is told, its counter, and how she wants to be written to."""

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django_htmx.http import trigger_client_event

from .. import actions
from ..forms.notices import MailHoursForm, RhythmsForm
from ..mail.hours import EVERYBODYS, hours_of
from ..mail.unsubscribing import kinds_in, read_token
from ..models import Bounce, Notice, Rhythm
from ..notices.reading import count_unread, counter, line_of, lines
from ..paging import newest_first
from .deeds import deed


@login_required
def notices(request):
    page = newest_first(request, Notice.objects.visible_to(request.user).select_related("actor"), "happened_at")
    context = {
        "lines": lines(request.user, page.rows),
        "unread": count_unread(request.user),
        "mail_stopped": Bounce.objects.stopping(request.user.email).exists(),
        "older_url": page.older_url,
        "newer_url": page.newer_url,
    }
    return render(request, "portal/notices.html", context)


def bell(request):
    """The counter alone. A browser that has the same number already is told so, and a guest has none."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    unread = counter(count_unread(request.user))
    response = render(request, "portal/bell.html", {"unread": unread})
    response.headers["ETag"] = f'"{get_language()}-{request.user.pk}-{unread}"'
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


@deed
def open_notice(request, pk: int):
    """Marks it as read, and leads to what it tells. A page that was reached from a letter says so by htmx and stays."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.read_notice(request.user, notice)
    if request.htmx:
        return trigger_client_event(HttpResponse(status=204), "portal:bell")
    shown = line_of(notice)
    return redirect(shown.address if shown else "notices")


@deed
def read_all_notices(request):
    actions.read_all_notices(request.user)
    return redirect("notices")


@login_required
def notice_settings(request):
    user, sent = request.user, request.POST if request.method == "POST" else None
    rhythms = RhythmsForm(sent, user=user)
    chosen = hours_of([user.pk]).get(user.pk, EVERYBODYS)
    hours = MailHoursForm(sent, initial=asdict(chosen) | {"weekdays": sorted(chosen.weekdays)})
    if sent and all([rhythms.is_valid(), hours.is_valid()]):
        actions.choose_rhythms(user, rhythms.rhythms)
        actions.choose_mail_hours(user, hours.hours)
        messages.success(request, _("Your choice is saved."))
        return redirect("notice_settings")
    context = {"rhythms": rhythms, "hours": hours, "mail_stopped": Bounce.objects.stopping(user.email).exists()}
    return render(request, "portal/notice_settings.html", context, status=422 if rhythms.errors or hours.errors else 200)


@deed
def try_mail_again(request):
    actions.try_mail_again(request.user)
    messages.success(request, _("Letters will be sent to %(address)s again.") % {"address": request.user.email})
    return redirect("notice_settings")


@csrf_exempt
def unsubscribe(request, token: str):
    """The signed address speaks for the person: a mail program presses by itself (RFC 8058), with no cookie and no token."""
    user, scope = read_token(token) or (None, "")
    if not user:
        raise Http404
    kinds = kinds_in(user, scope)
    if request.method == "POST":
        rhythm = request.POST.get("rhythm")
        actions.unsubscribe(user, scope, rhythm if rhythm in Rhythm else Rhythm.NEVER)
    context = {"kinds": kinds, "done": request.method == "POST", "weekly": scope != Rhythm.WEEKLY}
    return render(request, "portal/unsubscribe.html", context)
