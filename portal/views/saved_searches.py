"""Searches that a person has saved, to be told of what is new."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from .. import actions
from ..forms.saved_searches import SavedSearchForm
from ..models import SavedSearch
from .deeds import deed
from .search import Asked, named


@login_required
def my_searches(request):
    return render(request, "portal/my_searches.html", {"searches": SavedSearch.objects.visible_to(request.user)})


@deed
def save_search(request):
    """The question stands in the address, as on the results page that the button is on."""
    asked = Asked.of(request, "")
    try:
        saved = actions.save_search(request.user, name=named(asked), text=asked.text, source=asked.source, facets=asked.chosen)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("my_searches")
    messages.success(request, _("Saved. You will be told when something new is published."))
    return redirect(saved.address)


@login_required
def rename_search(request, pk: int):
    saved = get_object_or_404(SavedSearch.objects.editable_by(request.user), pk=pk)
    form = SavedSearchForm(request.POST or None, instance=saved)
    if request.method == "POST" and form.is_valid():
        actions.rename_search(request.user, saved, name=form.cleaned_data["name"])
        return redirect("my_searches")
    return render(request, "portal/rename_search.html", {"form": form, "search": saved}, status=422 if form.errors else 200)


@deed
def forget_search(request, pk: int):
    """A second press finds nothing left to forget."""
    for saved in SavedSearch.objects.editable_by(request.user).filter(pk=pk):
        actions.forget_search(request.user, saved)
        messages.success(request, _("You will not be told of new ones any more: %(name)s") % {"name": saved.name})
        if "results" in request.POST:
            return redirect(saved.address)
    return redirect("my_searches")
