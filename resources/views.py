"""What everybody sees of materials: the page, the files, saving and thanking."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.files import respond, respond_preview
from portal.forms.complaints import TakeDownForm
from portal.models import Case, File, Objective, School
from portal.models.people import ProfilePart
from portal.paging import newest_first
from portal.seams import filled, page_slots
from portal.text import words_of
from portal.views.deeds import deed
from search.find import look_inside

from . import actions
from .models import Material, MaterialFile, Saved, Tag, Thanks
from .panels import found_for

SUMMARY_LETTERS = 200


def visible_material(request, pk: int) -> Material:
    """With what this reader has done with it already, if she is signed in: `saved` and `thanked`."""
    rows = Material.objects.visible_to(request.user).select_related("author", "type")
    if request.user.is_authenticated:
        rows = rows.annotate(saved=done_by(request.user, Saved), thanked=done_by(request.user, Thanks))
    return get_object_or_404(rows, pk=pk)


def done_by(user, deed) -> Exists:
    return Exists(deed.objects.filter(user=user.pk, material=OuterRef("pk")))


def material(request, pk: int):
    shown = visible_material(request, pk)
    asked = request.GET.get("q", "")
    context = {
        **deeds(request, shown),
        "asked": asked,
        "places": look_inside("materials", pk, asked),
        "share_url": request.build_absolute_uri(reverse("material", args=[pk])),
        "canonical_url": request.build_absolute_uri(f"/{shown.language}/materials/{pk}/"),
        "preview_url": preview_address(request, shown),
        "pictured": pictured_file(shown),
        "summary": Truncator(words_of(shown.description_html)).chars(SUMMARY_LETTERS),
        "author_school": author_school(request.user, shown),
        "objectives": Objective.objects.filter(materials=shown).order_by("code").values("pk", "code", "text_kk"),
        "links": shown.links.order_by("position", "pk").values("address", "title"),
        "tags": Tag.objects.filter(tagged_items__content_object=shown).order_by("tagged_items__pk").values("name", "language"),
        "hideable": request.user.is_authenticated and request.user.is_caretaker and shown.author_id != request.user.pk,
        "taken": Case.objects.told_to(request.user).about(shown.ref).last() if shown.hidden_at else None,
        "trail": [{"label": _("Materials"), "url": reverse("materials")}],
        "slots": filled(page_slots["thing"], request, shown),
    }
    return render(request, "resources/material.html", context)


def deeds(request, shown: Material) -> dict:
    if not request.user.is_authenticated:
        return {"material": shown}
    return {"material": shown, "mine": shown.author_id == request.user.pk, "saved": shown.saved, "thanked": shown.thanked}


def author_school(viewer, shown: Material) -> str:
    told = shown.author and ProfilePart.SCHOOL in shown.author.parts_shown_to(viewer)
    school = School.objects.where_works(shown.author).only("state", "name_kk", "name_ru", "name_en").first() if told else None
    # A school that is only proposed is nobody's to see but the proposer's.
    return school.name if school and school.state != School.State.PROPOSED else ""


def pictured_file(shown: Material) -> File | None:
    return next((row.file for row in shown.file_rows if row.file.preview), None)


def preview_address(request, shown: Material) -> str:
    """The picture that a messenger shows beside a shared link; only what everyone may see has one."""
    pictured = pictured_file(shown)
    if not pictured or shown.audience != Material.Audience.PUBLIC or shown.requires_verified:
        return ""
    return request.build_absolute_uri(reverse("material_preview", args=[shown.pk, pictured.pk]))


def visible_file(request, pk: int, file_pk: int) -> MaterialFile:
    rows = MaterialFile.objects.filter(material__in=Material.objects.visible_to(request.user)).select_related("file")
    return get_object_or_404(rows, material__pk=pk, file__pk=file_pk)


def download(request, pk: int, file_pk: int):
    return respond(request, visible_file(request, pk, file_pk).file)


def preview(request, pk: int, file_pk: int):
    file = visible_file(request, pk, file_pk).file
    if not file.preview:
        raise Http404
    return respond_preview(request, file)


@login_required
def saved_materials(request):
    rows = Saved.objects.filter(user=request.user, material__in=Material.objects.visible_to(request.user))
    page = newest_first(request, rows, "at")
    materials = Material.objects.with_row_data().in_bulk([row.material_id for row in page.rows])
    context = {"rows": [materials[row.material_id] for row in page.rows], "older_url": page.older_url, "newer_url": page.newer_url}
    return render(request, "resources/saved.html", context)


@login_required
def newest_for_me(request):
    """A part of the start page, brought after it; asked for by itself it is the list."""
    found = found_for(request.user)
    return render(request, "resources/newest.html", found) if request.htmx else redirect(found["all_url"])


def objective(request, pk: int):
    """What pupils learn, and the materials that teach it."""
    shown = get_object_or_404(Objective.objects.select_related("curriculum", "subject", "grade"), pk=pk)
    rows = Material.objects.visible_to(request.user).shown().filter(objectives=shown).with_row_data()
    return render(request, "resources/objective.html", {"objective": shown, "page": newest_first(request, rows, "published_at")})


@deed
def keep(request, pk: int):
    shown = visible_material(request, pk)
    if "forget" in request.POST:
        actions.forget_saved(request.user, shown)
    else:
        actions.save_for_later(request.user, shown)
    return pressed(request, shown)


@deed
def thank(request, pk: int):
    shown = visible_material(request, pk)
    if "take_back" in request.POST:
        actions.take_back_thanks(request.user, shown)
    else:
        actions.thank(request.user, shown)
    return pressed(request, shown)


def pressed(request, shown: Material):
    """The buttons alone for htmx, the whole page without JavaScript."""
    if not request.htmx:
        return redirect("material", shown.pk)
    return render(request, "resources/material.html#deeds", deeds(request, visible_material(request, shown.pk)))


@login_required
def hide(request, pk: int):
    """Those responsible take a material out of sight, or show it again."""
    shown = visible_material(request, pk)
    if not request.user.is_caretaker or shown.author_id == request.user.pk:
        return redirect("material", pk)
    if request.method == "POST" and "show" in request.POST:
        actions.show_material(request.user, shown)
        return redirect("material", pk)
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not shown.hidden_at:
            actions.hide_material(request.user, shown, decision=form.cleaned_data["decision"], reason=form.cleaned_data["note"])
        messages.success(request, _("The material is hidden. Its author reads the reason."))
        return redirect("material", pk)
    return render(request, "resources/hide.html", {"material": shown, "form": form}, status=422 if form.errors else 200)
