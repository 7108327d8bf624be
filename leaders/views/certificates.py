"""A certificate for its holder and those who issue it; the register of all of them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.files.respond import respond_sheet
from portal.paging import newest_first

from .. import actions
from ..chain import hash_of
from ..forms.certificates import ReplaceForm, RevokeForm
from ..models import Certificate, RegisterLine
from ..moves import MoveRefused
from ..printing import qr_of
from ..snapshots import said_of
from .assignments import trail_of
from .files import as_csv


@login_required
def my_certificates(request):
    rows = Certificate.objects.of(request.user).order_by("-number")
    return render(request, "leaders/certificates/mine.html", {"rows": [(row, said_of(row)) for row in rows]})


def known(request, pk: int) -> Certificate:
    rows = Certificate.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("enrolment__cohort", "replaces", "replaced_by", "user"), pk=pk)


@login_required
def certificate(request, pk: int):
    shown = known(request, pk)
    address = settings.SITE_URL + shown.address
    context = {
        "certificate": shown,
        "said": said_of(shown),
        "address": address,
        "code": mark_safe(qr_of(address)),  # noqa: S308 - squares alone
        "is_mine": shown.user_id == request.user.pk,
        "may_end": may_end(request.user, shown),
        "deeds": shown.lines.order_by("number"),
        "trail": trail_to(request.user, shown),
    }
    return render(request, "leaders/certificates/certificate.html", context)


def trail_to(user, shown: Certificate) -> list[dict]:
    if shown.user_id == user.pk or not shown.enrolment:
        return []
    return trail_of(shown.enrolment.cohort, (_("Certificates"), f"/leaders/{shown.enrolment.cohort_id}/certificates/"))


@login_required
def sheet(request, pk: int):
    """As it was handed out; of one that holds no more there is none."""
    shown = known(request, pk)
    if shown.state != Certificate.State.VALID or not shown.pdf:
        raise Http404
    return respond_sheet(request, shown.pdf, name=f"certificate-{shown.number}.pdf", etag=shown.digest)


def may_end(user, shown: Certificate) -> bool:
    is_valid = shown.state == Certificate.State.VALID
    return is_valid and Certificate.objects.editable_by(user).filter(pk=shown.pk).exists()


def ended_here(request, pk: int) -> Certificate:
    """One that she may revoke or replace."""
    shown = known(request, pk)
    if not Certificate.objects.editable_by(request.user).filter(pk=pk).exists():
        raise Http404
    return shown


@login_required
def revoke(request, pk: int):
    shown = ended_here(request, pk)
    form = RevokeForm(request.POST or None)
    if shown.state != Certificate.State.VALID:
        return redirect("certificate", pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revoke_certificate(request.user, shown, **form.cleaned_data)
        except MoveRefused:
            messages.error(request, _("Nothing has changed: somebody was faster, or the page was old."))
        else:
            messages.success(request, _("The certificate is revoked. Its page says so from now on, and its holder is told."))
        return redirect("certificate", pk)
    context = {"certificate": shown, "said": said_of(shown), "form": form, "trail": trail_to(request.user, shown)}
    return render(request, "leaders/certificates/revoke.html", context, status=422 if form.errors else 200)


@login_required
def replace(request, pk: int):
    shown = ended_here(request, pk)
    if shown.state != Certificate.State.VALID or shown.erased_at or not shown.user:
        return redirect("certificate", pk)
    names = {f"name_{language}": said["name"] for language, said in shown.snapshot.items()}
    form = ReplaceForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid() and (made := replaced(request, shown, form)):
        messages.success(request, _("The new certificate is valid; the page of the old one leads to it."))
        return redirect("certificate", made.pk)
    context = {"certificate": shown, "said": said_of(shown), "form": form, "trail": trail_to(request.user, shown)}
    return render(request, "leaders/certificates/replace.html", context, status=422 if form.errors else 200)


def replaced(request, shown: Certificate, form: ReplaceForm) -> Certificate | None:
    if form.names() == {language: said["name"] for language, said in shown.snapshot.items()}:
        form.add_error(None, _("Nothing is different: change a name first."))
        return None
    try:
        return actions.replace_certificate(request.user, shown, names=form.names())
    except actions.NotCompleted:
        form.add_error(None, _("By what is known today not everything is met any more: it cannot be issued anew."))
    except (actions.NotStudying, MoveRefused):
        form.add_error(None, _("Nothing has changed: somebody was faster, or the page was old."))
    return None


# The register


@login_required
def register(request):
    """All lines, the last one first; each is computed again from what it says."""
    page = newest_first(request, register_lines(request.user), "number", parse=int)
    rows = [(line, said_of(line.certificate), is_whole(line)) for line in page.rows]
    return render(request, "leaders/certificates/register.html", {"rows": rows, "list": page})


def register_lines(user):
    if not user.is_administrator:
        raise Http404
    return RegisterLine.objects.visible_to(user).select_related("certificate")


def is_whole(line: RegisterLine) -> bool:
    return line.hash == hash_of(line.previous_hash, line.number, line.kind, line.certificate.code, line.digest, line.at)


@login_required
def register_csv(request):
    """Whoever has it can walk the chain without the portal."""
    lines = register_lines(request.user).order_by("number")
    said = (_("What happened"), pgettext("a certificate", "Code"), _("Day and time"))
    heads = (pgettext("a register", "Line"), *said, _("Digest"), _("Hash before"), _("Hash"))
    return as_csv("register", heads, map(cells_of, lines.iterator()))


def cells_of(line: RegisterLine) -> tuple:
    return line.number, line.kind, line.certificate.code, line.at.isoformat(), line.digest, line.previous_hash, line.hash
