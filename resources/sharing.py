"""How a teacher shares: the file first, the details second, published when she says so."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.files import ACCEPT, FileRefused, store
from portal.models import File
from portal.paging import newest_first
from portal.views.deeds import deed
from portal.views.suggestions import objective_options
from portal.views.uploads import receive

from . import actions
from .forms import LinkForm, MaterialForm, row_numbers
from .models import Material, MaterialFile, MaterialLink


def own_material(request, pk: int) -> Material:
    return get_object_or_404(Material.objects.editable_by(request.user).select_related("type", "school"), pk=pk)


@login_required
def share(request):
    """Step one: a file, or a link, or nothing but words. Each of them starts a private draft."""
    if request.method != "POST":
        return render(request, "resources/share.html", {"link_form": LinkForm(), "accept": ACCEPT})
    link_form, refused = LinkForm(request.POST if "link" in request.POST else None), ""
    if "link" in request.POST and link_form.is_valid():
        material = actions.start_material(request.user, language=get_language())
        actions.add_link(request.user, material, link_form.cleaned_data["address"])
        return redirect("edit_material", material.pk)
    if "words" in request.POST:
        return redirect("edit_material", actions.start_material(request.user, language=get_language()).pk)
    if "link" not in request.POST:
        try:
            return redirect(draft_with(request, stored(request)))
        except FileRefused as error:
            refused = str(error)
    return render(request, "resources/share.html", {"link_form": link_form, "refused": refused, "accept": ACCEPT}, status=422)


def stored(request) -> File:
    """The file of a plain form, taken in; raises FileRefused in the reader's language."""
    if "file" not in request.FILES:
        raise FileRefused("missing")
    return store(request.FILES["file"], name=request.FILES["file"].name, user=request.user)


def draft_with(request, file: File) -> str:
    material = actions.start_material(request.user, language=get_language())
    actions.add_file(request.user, material, file)
    return reverse("edit_material", args=[material.pk])


def share_upload(request, upload=None):
    """The same by pieces: a broken connection goes on where it stopped. Who was signed out meanwhile is told so by `receive`."""
    return receive(request, upload, target="materials", finish=draft_with)


def file_upload(request, pk: int, upload=None):
    material = own_material(request, pk) if request.user.is_authenticated else None

    def finish(request, file: File) -> str:
        actions.add_file(request.user, material, file)
        return reverse("edit_material", args=[material.pk])

    return receive(request, upload, target=f"materials:{pk}", finish=finish)


@login_required
def edit(request, pk: int):
    """Step two: what it is and for whom. Saved as a draft, or published at once."""
    material = own_material(request, pk)
    if request.method != "POST":
        return render(request, "resources/edit.html", editing(request, material, MaterialForm.opened(material)))
    form = MaterialForm(request.POST, instance=Material.objects.get(pk=pk))
    if "find" in request.POST:
        return render(request, "resources/edit.html", editing(request, material, form))
    changed_meanwhile = False
    if form.is_valid():
        data = form.cleaned_data
        try:
            saved = actions.change_material(request.user, material, **data)
        except actions.ChangedMeanwhile:
            changed_meanwhile = True
            form.opened_now(Material.objects.get(pk=pk))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return after_saving(request, saved, form)
    context = editing(request, material, form) | {"changed_meanwhile": changed_meanwhile, "stored": own_material(request, pk)}
    return render(request, "resources/edit.html", context, status=422)


def after_saving(request, material: Material, form: MaterialForm):
    if "publish" not in request.POST:
        messages.success(request, _("Saved."))
        return redirect("material" if material.is_published else "edit_material", material.pk)
    try:
        actions.publish_material(request.user, material)
    except ValidationError as error:
        form.add_error(None, error)
        form.opened_now(material)
        return render(request, "resources/edit.html", editing(request, material, form), status=422)
    messages.success(request, _("Published. Colleagues can find it now."))
    return redirect("material", material.pk)


def editing(request, material: Material, form: MaterialForm) -> dict:
    near = {*request.user.subjects.values_list("pk", flat=True), *row_numbers(form["subjects"].value())}
    choices = list(form["subjects"])
    return {
        "material": material,
        "form": form,
        "link_form": LinkForm(),
        "accept": ACCEPT,
        "chosen_objectives": form.chosen_objectives(),
        "found_objectives": objective_options(request, request.POST.get("objective_text", "")) if "find" in request.POST else [],
        "near_subjects": [choice for choice in choices if int(str(choice.data["value"])) in near],
        "far_subjects": [choice for choice in choices if int(str(choice.data["value"])) not in near],
        "reading": any(row.file.state == File.State.WAITING for row in material.file_rows),
        "from_file": material.revision == 1 and bool(material.file_rows),
    }


@login_required
def details(request, pk: int):
    """While a file is being read the form asks again and again; the answer comes once, with empty fields filled and typed ones kept."""
    material = own_material(request, pk)
    if material.files.filter(file__state=File.State.WAITING).exists():
        return HttpResponse(status=204)
    return render(request, "resources/edit.html#details", editing(request, material, MaterialForm.opened(material, typed=request.GET)))


@deed
def add_file(request, pk: int):
    material = own_material(request, pk)
    try:
        actions.add_file(request.user, material, stored(request))
    except FileRefused as error:
        messages.error(request, str(error))
    return redirect("edit_material", pk)


@deed
def remove_file(request, pk: int, file_pk: int):
    row = get_object_or_404(MaterialFile.objects.select_related("material", "file"), material=own_material(request, pk), file__pk=file_pk)
    return removed(request, pk, actions.remove_material_file, row)


@deed
def add_link(request, pk: int):
    material = own_material(request, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        actions.add_link(request.user, material, form.cleaned_data["address"])
        return redirect("edit_material", pk)
    context = editing(request, material, MaterialForm.opened(material)) | {"link_form": form}
    return render(request, "resources/edit.html", context, status=422)


@deed
def remove_link(request, pk: int, link_pk: int):
    link = get_object_or_404(MaterialLink.objects.select_related("material"), material=own_material(request, pk), pk=link_pk)
    return removed(request, pk, actions.remove_link, link)


def removed(request, pk: int, remove, row):
    try:
        remove(request.user, row)
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
    return redirect("edit_material", pk)


MOVES = {"unpublish": actions.unpublish_material, "trash": actions.trash_material, "restore": actions.restore_material}


@deed
def move(request, pk: int, verb: str):
    material = own_material(request, pk)
    MOVES[verb](request.user, material)
    return redirect("my_materials")


TONES = {Material.State.PUBLISHED: "ok", Material.State.DRAFT: "", Material.State.TRASHED: "warn"}


@login_required
def my_materials(request):
    """Everything that is hers, by state: all but the trash, drafts, published, the trash."""
    state = request.GET.get("state", "")
    own = Material.objects.editable_by(request.user)
    rows = own.filter(state=state) if state in Material.State.values else own.exclude(state=Material.State.TRASHED)
    page = newest_first(request, rows.with_row_data(), "changed_at")
    tabs = [{"label": _("All"), "url": reverse("my_materials"), "current": state not in Material.State.values}]
    for value, label in Material.State.choices:
        tabs.append({"label": capfirst(label), "url": f"{reverse('my_materials')}?state={value}", "current": value == state})
    context = {
        "rows": [own_row(material) for material in page.rows],
        "older_url": page.older_url,
        "newer_url": page.newer_url,
        "tabs": tabs,
        "label": _("State"),
    }
    return render(request, "resources/mine.html", context)


def own_row(material: Material) -> dict:
    hidden = {"state": _("hidden"), "tone": "danger"} if material.hidden_at else {}
    name = "material" if material.is_published else "edit_material"
    return {
        "material": material,
        "href": reverse(name, args=[material.pk]),
        "state": material.get_state_display(),
        "tone": TONES[material.state],
    } | hidden
