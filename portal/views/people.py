"""A person's own pages, and what others see of her."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search.analysis import guess_language

from .. import actions
from ..editorial import footer_pages
from ..forms.complaints import ReasonForm
from ..forms.people import ProfileForm, SchoolFields, TeachingFields
from ..home import start_news
from ..models import Position, School, User
from ..models.people import ProfilePart
from ..paging import day, newest_first, oldest_first
from ..seams import filled, page_slots, start_panels
from ..start import Counts, counted, waiting_lines
from ..vocabularies import language_labels
from .deeds import deed
from .suggestions import school_options


@login_required
def welcome(request):
    """The first visit: school, subjects, grades, languages. Everything may be left for later."""
    sent = sent_form(request)
    school = SchoolFields(sent, user=request.user, initial=request.POST.dict())
    teaching = TeachingFields(sent, initial=typed_teaching(request))
    if sent and all([school.is_valid(), teaching.is_valid()]):
        settle_school(request.user, school.cleaned_data)
        actions.change_profile(request.user, **teaching.cleaned_data)
        return redirect("start")
    context = {"school": school, "teaching": teaching, **school_choices(request)}
    return render(request, "portal/welcome.html", context, status=422 if school.errors or teaching.errors else 200)


def sent_form(request):
    """What was sent to be kept. The button «Find», for those without JavaScript, only asks for schools to choose from."""
    return request.POST if request.method == "POST" and "find" not in request.POST else None


def typed_teaching(request) -> dict:
    if request.method == "POST":
        return {name: request.POST.getlist(name) for name in TeachingFields.base_fields}
    return {"languages": [request.LANGUAGE_CODE]}


def settle_school(user: User, data: dict) -> None:
    school = data.get("school_row")
    if data.get("school") == "new":
        school = actions.propose_school(user, name=data["new_name"], region=data["new_region"], locality=data["new_locality"])
    if school:
        actions.take_position(user, school=school, post=data["post"])


def school_choices(request) -> dict:
    """Without JavaScript the typed letters are sent by the button «Find» and answered with a choice."""
    typed, asked = request.POST.get("school_text", ""), "find" in request.POST
    choices = school_options(request, typed) if asked else []
    return {"typed": typed, "choices": choices, "nothing_found": asked and not choices}


@login_required
def start(request):
    user = request.user
    counts = counted(user)
    user.edits_pages = user.is_superuser or bool(counts["edits"].number)
    context = {
        "waiting": waiting_lines(request, counts),
        "panels": filled(start_panels, request, counts),
        "position": user.main_position,
        "todo": unfinished(user, counts),
        "terms": [] if counts["agreed"].number else terms_to_agree_to(),
        **start_news(request),
    }
    return render(request, "portal/start.html", context)


def terms_to_agree_to() -> list[dict]:
    """The pages she is asked about once again, when the terms in force are newer than those she agreed to."""
    return [page for page in footer_pages() if page["place"] in ("terms", "privacy")]


@deed
def agree(request):
    actions.agree_to_terms(request.user, language=request.LANGUAGE_CODE)
    messages.success(request, _("Thank you: your agreement is recorded."))
    return redirect("start")


def unfinished(user: User, counts: Counts) -> list[dict]:
    """What would make the portal more useful to her, each with the page where it is done."""
    steps = []
    if not user.main_position:
        steps.append({"label": _("Choose your school"), "url": reverse("change_school")})
    if not counts["subjects"].number:
        steps.append({"label": _("Choose your subjects"), "url": reverse("edit_profile") + "#id_subjects"})
    if not user.languages:
        steps.append({"label": _("Choose the languages you teach in"), "url": reverse("edit_profile") + "#id_languages"})
    return steps


@login_required
def edit_profile(request):
    user = request.user
    initial = {"subjects": user.subjects.all(), "grades": user.grades.all(), "languages": user.languages, "shown_parts": user.shown_parts}
    # A form writes into its row even what is refused; the page around it shows the person as she is.
    form = ProfileForm(request.POST or None, instance=copy(user), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("edit_profile")
    context = {"form": form, "positions": user.positions.select_related("school__region")}
    return render(request, "portal/edit_profile.html", context, status=422 if form.errors else 200)


@login_required
def change_school(request):
    form = SchoolFields(sent_form(request), user=request.user, required=True, initial=request.POST.dict())
    if form.is_bound and form.is_valid():
        settle_school(request.user, form.cleaned_data)
        return redirect("edit_profile")
    return render(request, "portal/change_school.html", {"school": form, **school_choices(request)}, status=422 if form.errors else 200)


def person(request, pk: int):
    shown = get_object_or_404(User.objects.visible_to(request.user).prefetch_related("subjects", "grades"), pk=pk)
    parts = shown.parts_shown_to(request.user)
    context = {
        "person": shown,
        "history": shown.positions.history_seen_by(request.user).select_related("school").order_by("-until", "-pk"),
        "parts": parts,
        "position": position_shown_to(request.user, shown) if ProfilePart.SCHOOL in parts else None,
        "languages": language_labels(shown.languages).values() if ProfilePart.TEACHING in parts else [],
        "bio_language": guess_language(shown.bio),
        "care": care_of(request.user, shown),
        "slots": filled(page_slots["person"], request, shown),
    }
    return render(request, "portal/person.html", context)


def care_of(viewer, person: User) -> dict | None:
    """What this reader may do about her: nobody blocks or reports herself."""
    if not viewer.is_authenticated or viewer == person:
        return None
    suspends = actions.may_suspend(viewer, person)
    return {
        "blocked": viewer.blocks.filter(blocked=person).exists(),
        "may_suspend": suspends,
        "suspension": person.suspensions.current().first() if suspends else None,
    }


def position_shown_to(viewer, person: User) -> Position | None:
    """Where she works, unless that school is still a proposal of hers."""
    position = person.main_position
    return position if position and School.objects.visible_to(viewer).filter(pk=position.school_id).exists() else None


@login_required
def confirmations(request):
    """Teachers of the schools a coordinator looks after: who waits, who is confirmed, who has left."""
    state = request.GET.get("state", "waiting")
    positions = Position.objects.in_care_of(request.user).select_related("user", "school")
    if state == "confirmed":
        page = newest_first(request, positions.current().confirmed(), "confirmed_at")
    elif state == "left":
        page = newest_first(request, positions.left(), "until", parse=day)
    else:
        page = oldest_first(request, positions.awaiting(), "since", parse=day)
    context = {"page": page, "state": state, "tabs": confirmation_tabs(request, state)}
    return render(request, "portal/confirmations.html", context, status=200 if request.user.confirms_positions else 403)


def confirmation_tabs(request, state: str) -> list[dict]:
    tabs = [("confirmed", _("Confirmed")), ("left", pgettext("teachers of a school", "Have left"))]
    others = [{"label": label, "url": f"{request.path}?state={name}", "current": name == state} for name, label in tabs]
    return [{"label": _("Waiting"), "url": request.path, "current": not any(tab["current"] for tab in others)}, *others]


@deed
def confirm(request, pk: int):
    position = get_object_or_404(Position.objects.confirmable_by(request.user), pk=pk)
    try:
        actions.confirm_position(request.user, position)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Confirmed: %(name)s.") % {"name": position.user.full_name})
    return redirect("confirmations")


@login_required
def unconfirm(request, pk: int):
    positions = Position.objects.confirmable_by(request.user).select_related("user", "school")
    # A second press meets a confirmation that is withdrawn already.
    position = get_object_or_404(positions if request.method == "POST" else positions.confirmed(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_confirmation(request.user, position, reason=form.cleaned_data["reason"])
        return redirect("confirmations")
    return render(request, "portal/unconfirm.html", {"form": form, "position": position}, status=422 if form.errors else 200)
