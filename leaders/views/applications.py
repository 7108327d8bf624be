"""The applicant's side: the draft, sending it, taking it back, and where it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.files import respond
from portal.limits import exceeded
from portal.models import File
from portal.views.deeds import deed
from portal.views.uploads import receive

from .. import actions
from ..forms.applications import ConsentForm, DraftForm
from ..models import Application, ApplicationFile, Cohort, Endorsement, Question
from ..moves import MoveRefused
from .selection import selecting

CLOSED = gettext_lazy("Applications to this cohort are not taken now. What you have written is kept.")


@login_required
def apply(request, pk: int):
    """What awaits her, and the button that begins; whoever has begun goes on where she stopped."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("version__programme"), pk=pk)
    begun = Application.objects.of(request.user).live().filter(cohort=cohort).first()
    if begun:
        return redirect("application", begun.pk)
    refused = ""
    if request.method == "POST":
        try:
            return redirect("application", actions.start_application(request.user, cohort).pk)
        except actions.NotOpen:
            refused = _("Applications to this cohort are not taken now.")
        except actions.ConflictOfInterest:
            refused = _("You look after this cohort: whoever does so does not apply to it.")
    context = {"cohort": cohort, "refused": refused, "questions": cohort.questions.all(), "stages": cohort.stages.all()}
    return render(request, "leaders/applications/apply.html", context, status=422 if refused else 200)


@login_required
def my_applications(request):
    own = Application.objects.of(request.user).select_related("cohort", "stage", "enrolment")
    return render(request, "leaders/applications/mine.html", {"applications": own.order_by("-changed_at")})


@login_required
def application(request, pk: int):
    """A draft to whoever writes it; what was sent to her, and to those who select."""
    related = ("cohort__version__programme", "user", "school", "region", "stage", "decided_by", "enrolment")
    shown = get_object_or_404(Application.objects.visible_to(request.user).select_related(*related), pk=pk)
    own = shown.user_id == request.user.pk
    if own and shown.is_editable:
        return draft(request, shown)
    if request.method == "POST":
        messages.error(request, CLOSED)
        return redirect("application", pk)
    context = {"application": shown, "cohort": shown.cohort, "own": own, "answers": answered(shown), **endorsements_of(request, shown)}
    if own:
        return render(request, "leaders/applications/application.html", context | {"road": road(shown)})
    return render(request, "leaders/applications/sent.html", context | selecting(request, shown))


def draft(request, shown: Application):
    """Kept by every press, and by itself while she writes. `next` of the button says where the press leads."""
    questions = list(shown.cohort.questions.all())
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DraftForm(*sent, application=shown, questions=questions)
    if form.is_bound and form.is_valid() and keep(request, shown, form):
        if request.htmx:
            return render(request, "leaders/applications/kept.html")
        if "finish" in request.POST:
            return redirect("submit_application", shown.pk)
        messages.success(request, _("The draft is saved."))
        return redirect("application", shown.pk)
    if request.htmx:
        return render(request, "leaders/applications/kept.html", {"form": form}, status=422)
    context = {"application": shown, "cohort": shown.cohort, "form": form, **endorsements_of(request, shown), "files": files_of(shown)}
    return render(request, "leaders/applications/draft.html", context, status=422 if form.errors else 200)


def keep(request, shown: Application, form: DraftForm) -> bool:
    try:
        actions.save_answers(request.user, shown, form.answers(), language=form.cleaned_data["language"])
        for question, sent in form.sent_files():
            take_file(request, shown, question, sent, form)
    except (actions.NotOpen, PermissionDenied):
        form.add_error(None, CLOSED)
    return not form.errors


def take_file(request, shown: Application, question: Question, sent, form: DraftForm) -> None:
    field = f"q{question.pk}"
    if exceeded("upload", request.user):
        form.add_error(field, _("Too many files within an hour. Wait a little, then choose the file again."))
        return
    try:
        actions.attach_file(request.user, shown, question, sent, name=sent.name)
    except ValidationError as error:
        form.add_error(field, error)


def files_of(shown: Application) -> dict[int, list[ApplicationFile]]:
    found = {}
    for row in shown.files.select_related("file"):
        found.setdefault(row.question_id, []).append(row)
    return found


def answered(shown: Application) -> list[dict]:
    """Each question with what was answered to it."""
    texts = dict(shown.answers.values_list("question", "text"))
    files = files_of(shown)
    return [
        {"question": question, "text": said(question, texts.get(question.pk, "")), "files": files.get(question.pk, [])}
        for question in shown.cohort.questions.all()
    ]


def said(question: Question, text: str) -> str:
    return dict(question.options()).get(text, text) if question.kind == Question.Kind.CHOICE else text


def endorsements_of(request, shown: Application) -> dict:
    """The latest word of a head, as far as this reader sees it."""
    found = Endorsement.objects.visible_to(request.user).filter(application=shown).first()
    askable = Endorsement.objects.askable(request.user).filter(pk=shown.pk).exists()
    return {"endorsement": found, "asks": askable and not (found and found.is_live), "own_request": askable}


def road(shown: Application) -> list[dict]:
    """The stages of the selection: behind her, hers now, ahead."""
    stages, now = list(shown.cohort.stages.all()), shown.stage and shown.stage.position
    over = shown.state in (Application.State.ACCEPTED, Application.State.RESERVE)
    return [{"stage": stage, "state": place_on_road(stage.position, now, over)} for stage in stages]


def place_on_road(position: int, now: int | None, over: bool) -> str:
    if over or (now is not None and position < now):
        return "done"
    return "now" if position == now else "ahead"


@login_required
def submit(request, pk: int):
    """What is still missing, or the consent and the button."""
    shown = get_object_or_404(Application.objects.editable_by(request.user).select_related("cohort"), pk=pk)
    form, refused = ConsentForm(request.POST if request.method == "POST" else None), ""
    if form.is_bound and form.is_valid():
        try:
            actions.submit_application(request.user, shown)
        except actions.NotOpen:
            refused = CLOSED
        except actions.Unfinished:
            refused = _("Something is still missing.")
        else:
            messages.success(request, _("Your application is sent. Here you see where it stands."))
            return redirect("application", pk)
    context = {"application": shown, "cohort": shown.cohort, "form": form, "refused": refused, **actions.missing_from(shown)}
    return render(request, "leaders/applications/submit.html", context, status=422 if refused or form.errors else 200)


@deed
def reopen(request, pk: int):
    own = get_object_or_404(Application.objects.of(request.user).select_related("cohort"), pk=pk)
    try:
        actions.reopen_application(request.user, own)
        messages.success(request, _("You can change the application. Do not forget to send it again."))
    except actions.NotOpen:
        messages.error(request, _("Applications are taken no longer: it stays as you have sent it."))
    except MoveRefused:
        messages.error(request, _("The application cannot be changed any more."))
    return redirect("application", pk)


@login_required
def withdraw(request, pk: int):
    own = get_object_or_404(Application.objects.of(request.user).select_related("cohort"), pk=pk)
    if request.method == "POST":
        try:
            actions.withdraw_application(request.user, own)
            messages.success(request, _("The application is withdrawn."))
        except MoveRefused:
            messages.error(request, _("The application cannot be withdrawn any more."))
        return redirect("application", pk)
    return render(request, "leaders/applications/withdraw.html", {"application": own, "cohort": own.cohort})


@login_required
def file(request, pk: int, file_pk: int) -> HttpResponse:
    row = get_object_or_404(ApplicationFile.objects.visible_to(request.user).select_related("file"), application=pk, file=file_pk)
    return respond(request, row.file)


def upload(request, pk: int, question_pk: int, upload=None) -> HttpResponse:
    """The same in pieces, where JavaScript sends it."""
    shown = question = None
    if request.user.is_authenticated:
        shown = get_object_or_404(Application.objects.editable_by(request.user).select_related("cohort"), pk=pk)
        question = get_object_or_404(shown.cohort.questions.filter(kind=Question.Kind.FILE), pk=question_pk)

    def finish(request, file: File) -> str:
        try:
            actions.take_file(request.user, shown, question, file)
        except (actions.NotOpen, PermissionDenied) as refusal:
            raise ValidationError(CLOSED) from refusal
        return reverse("application", args=[pk])

    return receive(request, upload, target=f"applications:{pk}:{question_pk}", finish=finish)


@deed
def drop_file(request, pk: int, file_pk: int):
    rows = ApplicationFile.objects.editable_by(request.user).select_related("file", "application__cohort")
    row = get_object_or_404(rows, application=pk, file=file_pk)
    try:
        actions.drop_file(request.user, row)
    except actions.NotOpen:
        messages.error(request, CLOSED)
    return redirect("application", pk)
