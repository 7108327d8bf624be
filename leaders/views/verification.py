"""Whether a certificate is valid: for whoever has it before her, without an account."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.limits import exceeded_from

from ..codes import read_code
from ..forms.certificates import CodeForm
from ..models import Certificate, Story
from ..snapshots import said_of


@require_safe
def ask(request):
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verify_certificate", form.cleaned_data["code"])
    return render(request, "leaders/certificates/ask.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def verify(request, code: str):
    """However it is typed. Codes cannot be guessed; trying many is made slow all the same."""
    known = read_code(code)
    if known and known != code:
        return redirect("verify_certificate", known)
    shown = Certificate.objects.with_code(known).select_related("replaced_by").first()
    if not shown:
        if exceeded_from(request, "certificate-code"):
            return render(request, "429.html", status=429)
        return render(request, "leaders/certificates/unknown.html", {"form": CodeForm({"code": code})}, status=404)
    context = {"certificate": shown, "said": said_of(shown), "story": story_of(request.user, shown), "form": CodeForm()}
    return render(request, "leaders/certificates/verify.html", context)


def story_of(user, certificate: Certificate) -> Story | None:
    """What has changed in her school, where her team has told it to everybody."""
    if certificate.erased_at or not certificate.enrolment_id:
        return None
    told = Story.objects.visible_to(user).filter(project__enrolment=certificate.enrolment_id, state=Story.State.PUBLISHED)
    return told.only("title", "language").first()
