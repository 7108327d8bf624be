"""A person's data: taken along, or forgotten."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from .. import actions
from ..files import respond_archive
from ..forms.my_data import LeaveForm
from ..limits import limited
from ..models import DataExport, Departure
from .deeds import deed


@login_required
def my_data(request):
    context = {
        "export": DataExport.objects.filter(user=request.user).first(),
        "departure": Departure.objects.filter(user=request.user).first(),
    }
    return render(request, "portal/my_data.html", context)


@deed
@limited("my-data")
def ask(request):
    actions.ask_for_data(request.user)
    messages.success(request, _("Your data are being packed. You will be told when the archive is ready."))
    return redirect("my_data")


@login_required
@reauthentication_required
def archive(request):
    export = get_object_or_404(DataExport.objects.exclude(ready_at=None), user=request.user)
    return respond_archive(request, export.archive, name=f"portal-{export.ready_at:%Y-%m-%d}.zip", etag=f"export-{export.pk}")


@login_required
@reauthentication_required
def leave(request):
    form = LeaveForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_leave(request.user, keep=form.cleaned_data["works"] == "keep")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("my_data")
    return render(request, "portal/leave.html", {"form": form}, status=422 if form.errors else 200)


@deed
def stay(request):
    actions.stay(request.user)
    messages.success(request, _("Your account stays."))
    return redirect("my_data")
