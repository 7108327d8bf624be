"""What is asked of a cohort, and the work of its participants."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.limits import exceeded
from portal.models import File
from portal.views.deeds import deed
from portal.views.uploads import receive

from .. import actions
from ..forms.assignments import AssignmentForm, ExtensionForm, WorkForm
from ..models import Assignment, Cohort, Enrolment, Extension, Submission
from ..moves import MoveRefused
from ..querysets.assignments import READERS
from ..querysets.roles import MANAGER, TRAINER
from .frame import entered_cohort, frame

NOT_TAKEN = gettext_lazy("Work is not taken for this assignment now.")
TOO_MANY_FILES = gettext_lazy("Ten files are the most. Put several into one, or remove one.")


def trail_of(cohort: Cohort, *steps: tuple[str, str]) -> list[dict]:
    """The way to a page inside a cohort."""
    prefix = f"/{get_language()}"
    return [{"label": label, "url": prefix + address} for label, address in ((cohort.name, cohort.address), *steps)]


def works_step(cohort: Cohort) -> tuple[str, str]:
    return _("Assignments"), f"/leaders/{cohort.pk}/assignments/"


def seat_of(user, cohort: Cohort) -> Enrolment | None:
    return Enrolment.objects.of(user).seated().filter(cohort=cohort).first()


def holds(user, cohort: Cohort, *roles: str) -> bool:
    return Cohort.objects.with_team_role(user, *roles).filter(pk=cohort.pk).exists()


@login_required
def assignments(request, pk: int):
    """By the day they are due, each with what has become of it: to a participant of hers, to the team of everybody's."""
    cohort, standing = entered_cohort(request, pk)
    last = Submission.objects.of(request.user).filter(assignment=OuterRef("pk")).order_by("-version")
    longer = Extension.objects.of(request.user).filter(assignment=OuterRef("pk"))
    rows = Assignment.objects.visible_to(request.user).filter(cohort=cohort)
    rows = rows.annotate(
        mine=Subquery(last.values("state")[:1]),
        my_due_at=Subquery(longer.values("due_at")[:1]),
        handed_in=Count("submissions__enrolment", filter=~Q(submissions__state="draft"), distinct=True),
        to_read=Count("submissions", filter=Q(submissions__state="handed-in")),
    )
    context = {
        "assignments": rows.order_by("due_at", "pk"),
        "reads": bool(standing.roles & set(READERS)),
        "asks": standing.teaches,
        "seat": standing.enrolment,
    }
    return render(request, "leaders/assignments/list.html", frame(cohort, standing, "assignments") | context)


# Asking


@login_required
def new_assignment(request, pk: int):
    cohort = get_object_or_404(Cohort.objects.taught_by(request.user).select_related("version"), pk=pk)
    return written(request, cohort, None)


@login_required
def edit_assignment(request, pk: int):
    rows = Assignment.objects.editable_by(request.user).select_related("cohort__version", "rubric", "requirement")
    assignment = get_object_or_404(rows, pk=pk)
    return written(request, assignment.cohort, assignment)


def written(request, cohort: Cohort, assignment: Assignment | None):
    is_measured = bool(assignment) and assignment.submissions.exclude(state="draft").exists()
    form = AssignmentForm(request.POST or None, instance=assignment, cohort=cohort, is_measured=is_measured)
    if request.method == "POST" and form.is_valid():
        try:
            assignment = actions.put_assignment(request.user, cohort, assignment, **form.cleaned_data)
            return redirect("assignment", assignment.pk)
        except actions.WorkWasHandedIn:
            form.add_error(None, _("Somebody has handed in meanwhile: points, criteria and the requirement stay as they are."))
    context = {"form": form, "assignment": assignment, "is_measured": is_measured, "trail": trail_of(cohort, works_step(cohort))}
    return render(request, "leaders/assignments/edit.html", context, status=422 if form.errors else 200)


@deed
def move_assignment(request, pk: int):
    assignment = get_object_or_404(Assignment.objects.editable_by(request.user).select_related("cohort"), pk=pk)
    try:
        actions.move_assignment(request.user, assignment, request.POST.get("to", ""))
    except actions.WorkWasHandedIn:
        messages.error(request, _("People work on it already: it cannot be hidden any more, only closed."))
    except MoveRefused:
        messages.info(request, _("Nothing was changed: somebody else was faster, or the page was old."))
    return redirect("assignment", pk)


@login_required
def extend_assignment(request, pk: int):
    assignment = get_object_or_404(Assignment.objects.editable_by(request.user).select_related("cohort"), pk=pk)
    form = ExtensionForm(request.POST or None, assignment=assignment, initial={"enrolment": request.GET.get("for")})
    if request.method == "POST" and form.is_valid():
        actions.extend(request.user, assignment, **form.cleaned_data)
        messages.success(request, _("The participant has more time and is told so."))
        return redirect("assignment", pk)
    step = (assignment.title, assignment.address)
    context = {"form": form, "assignment": assignment, "trail": trail_of(assignment.cohort, works_step(assignment.cohort), step)}
    return render(request, "leaders/assignments/extend.html", context, status=422 if form.errors else 200)


# One assignment: hers to do, or everybody's to read


@login_required
def assignment(request, pk: int):
    rows = Assignment.objects.visible_to(request.user).select_related("cohort", "rubric", "requirement")
    shown = get_object_or_404(rows, pk=pk)
    seat = seat_of(request.user, shown.cohort)
    if seat:
        return own_work(request, shown, seat)
    if request.method == "POST":
        raise Http404
    return works_of_all(request, shown)


def own_work(request, shown: Assignment, seat: Enrolment):
    """Her draft, or what has become of the version she handed in."""
    if request.method == "POST":
        form = WorkForm(request.POST, request.FILES)
        if done := taken(request, shown, form):
            return done
    versions = list(seat.submissions.filter(assignment=shown).select_related("assessment").prefetch_related("files__file"))
    draft = next((version for version in versions if version.state == Submission.State.DRAFT), None)
    if request.method != "POST":
        form = WorkForm(initial={"text": draft.text, "key": draft.key} if draft else text_before(versions))
    sent = [version for version in versions if version is not draft]
    longer = Extension.objects.of(request.user).filter(assignment=shown).first()
    due_at = longer.due_at if longer else shown.due_at
    context = {
        **facts_of(request, shown),
        "form": form,
        "draft": draft,
        "sent": sent,
        "due_at": due_at,
        "is_past": due_at < timezone.now(),
        "takes_work": takes_work(shown, seat, sent),
        "is_late": bool(sent) and sent[0].handed_in_at > due_at,
    }
    return render(request, "leaders/assignments/own.html", context, status=422 if form.errors else 200)


def text_before(versions: list[Submission]) -> dict:
    """Another version begins with the words of the one that was returned."""
    return {"text": versions[0].text} if versions else {}


def takes_work(shown: Assignment, seat: Enrolment, sent: list[Submission]) -> bool:
    is_free = not sent or sent[0].state == Submission.State.RETURNED
    is_begun = not shown.opens_at or shown.opens_at <= timezone.now()
    return shown.state == Assignment.State.PUBLISHED and seat.state == Enrolment.State.ACTIVE and is_begun and is_free


def facts_of(request, shown: Assignment) -> dict:
    return {
        "assignment": shown,
        "cohort": shown.cohort,
        "criteria": list(shown.rubric.criteria.all()) if shown.rubric else [],
        "trail": trail_of(shown.cohort, works_step(shown.cohort)),
    }


def taken(request, shown: Assignment, form: WorkForm):
    """Where to go after what was sent, or None with the errors in the form. What was typed is kept before anything else can fail."""
    if not form.is_valid():
        return None
    try:
        submission = actions.save_submission(request.user, shown, text=form.cleaned_data["text"], key=form.cleaned_data["key"])
        if submission.state != Submission.State.DRAFT:
            return redirect("assignment", shown.pk)
        for file in form.cleaned_data["file"]:
            if exceeded("upload", request.user):
                raise ValidationError(_("Too many files within an hour. Wait a little, then choose the file again."))
            actions.attach_work(request.user, shown, file, name=file.name)
        if "keep" not in request.POST:
            actions.hand_in(request.user, submission)
            messages.success(request, _("Your work is handed in. You can take it back until somebody begins to read it."))
        else:
            messages.success(request, _("Kept. Nobody sees it but you."))
        return redirect("assignment", shown.pk)
    except ValidationError as error:
        form.add_error("file", error)
    except actions.TooManyFiles:
        form.add_error("file", TOO_MANY_FILES)
    except actions.NothingToHandIn:
        form.add_error("text", _("Write something or add a file first."))
    except PermissionDenied:
        form.add_error(None, NOT_TAKEN)
    return None


def upload(request, pk: int, upload=None):
    """A file of her work in pieces, where JavaScript sends it."""
    shown = None
    if request.user.is_authenticated:
        shown = get_object_or_404(Assignment.objects.visible_to(request.user).select_related("cohort"), pk=pk)
        if not seat_of(request.user, shown.cohort):
            raise Http404

    def finish(request, file: File) -> str:
        try:
            actions.take_work(request.user, shown, file)
        except actions.TooManyFiles as refusal:
            raise ValidationError(TOO_MANY_FILES) from refusal
        except PermissionDenied as refusal:
            raise ValidationError(NOT_TAKEN) from refusal
        return reverse("assignment", args=[pk])

    return receive(request, upload, target=f"assignments:{pk}", finish=finish)


def works_of_all(request, shown: Assignment):
    """The newest version of each participant that was handed in; those that wait to be read first."""
    works = Submission.objects.visible_to(request.user).filter(assignment=shown)
    newest = works.filter(enrolment=OuterRef("enrolment")).exclude(state="draft").order_by("-version")
    works = works.exclude(state="draft").filter(pk=Subquery(newest.values("pk")[:1])).select_related("enrolment__user", "assessment")
    rows = sorted(works, key=lambda work: (work.state != Submission.State.HANDED_IN, work.handed_in_at))
    context = {
        **facts_of(request, shown),
        "works": rows,
        "missing": missing(request.user, shown, {work.enrolment_id for work in rows}),
        "reads": holds(request.user, shown.cohort, *READERS),
        "asks": holds(request.user, shown.cohort, MANAGER, TRAINER),
        "extensions": Extension.objects.visible_to(request.user).filter(assignment=shown).select_related("enrolment__user"),
    }
    return render(request, "leaders/assignments/works.html", context)


def missing(user, shown: Assignment, known: set[int]) -> list[Enrolment]:
    """Whose works she reads, and who has not handed in anything."""
    seats = Enrolment.objects.read_by(user).filter(cohort=shown.cohort_id, state__in=("enrolled", "active"))
    return list(seats.exclude(pk__in=known).select_related("user").order_by("user__sort_key", "pk"))
