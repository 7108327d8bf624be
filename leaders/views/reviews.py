"""Reading applications: who reads what, for managers; what is to be read and read, for reviewers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.paging import oldest_first

from .. import actions
from ..actions.reviews import wanting_a_third
from ..forms.selection import ConflictForm, ReviewForm
from ..listing import number
from ..models import Application, CohortRole, Review, Stage
from ..moves import MoveRefused
from .applications import answered
from .selection import reviews_of

DONE_SHOWN = 20
TAKEN_AWAY = gettext_lazy("This review was taken away or handed in meanwhile.")


@login_required
def reviewers(request, pk: int):
    """How much each has to read and has read, and which applications lack a reader."""
    managed = Stage.objects.led_by(request.user).filter(kind=Stage.Kind.REVIEW)
    stage = get_object_or_404(managed.select_related("cohort"), pk=pk)
    if request.method == "POST":
        return arrange(request, stage)
    here = Application.objects.decidable_by(request.user).filter(stage=stage, state=Application.State.SELECTION)
    context = {
        "stage": stage,
        "cohort": stage.cohort,
        "people": readers_of(request.user, stage),
        "number": here.count(),
        "lacking": here.annotate(readers=first_readers(stage)).filter(readers__lt=2).count(),
        "differing": wanting_a_third(stage).count(),
    }
    return render(request, "leaders/reviews/reviewers.html", context)


def first_readers(stage: Stage) -> Count:
    return Count("reviews", filter=Q(reviews__stage=stage, reviews__third=False, reviews__state__in=("assigned", "handed-in")))


def readers_of(user, stage: Stage) -> list[dict]:
    """Also those who are examiners no more and still have something to read."""
    counted = Review.objects.arranged_by(user).filter(stage=stage).order_by().values_list("reviewer", "state").annotate(number=Count("pk"))
    numbers = {(reviewer, state): count for reviewer, state, count in counted}
    roles = (
        CohortRole.objects.visible_to(user)
        .filter(cohort=stage.cohort, name=CohortRole.Name.EXAMINER)
        .select_related("user")
        .order_by("user__sort_key")
    )
    people = {role.user: False for role in roles} | {role.user: True for role in roles if role.until is None}
    return [
        {
            "user": user,
            "current": current,
            "waiting": numbers.get((user.pk, "assigned"), 0),
            "read": numbers.get((user.pk, "handed-in"), 0),
            "conflicts": numbers.get((user.pk, "conflict"), 0),
        }
        for user, current in people.items()
        if current or numbers.get((user.pk, "assigned"))
    ]


def arrange(request, stage: Stage):
    if reviewer := number(request.POST.get("take_away", "")):
        taken = actions.take_reviews_away(request.user, stage, reviewer)
        said = ngettext("%(number)s review was given to others.", "%(number)s reviews were given to others.", taken)
        messages.success(request, said % {"number": taken})
        return redirect("reviewers", stage.pk)
    lacking = actions.assign_reviewers(request.user, stage)
    if lacking:
        said = ngettext(
            "%(number)s application lacks a reader: there are too few examiners without a conflict of interest.",
            "%(number)s applications lack a reader: there are too few examiners without a conflict of interest.",
            lacking,
        )
        messages.warning(request, said % {"number": lacking})
    else:
        messages.success(request, _("Every application of this stage has its readers."))
    return redirect("reviewers", stage.pk)


@login_required
def my_reviews(request):
    """What waits to be read, the oldest first; below what she has handed in last."""
    related = ("application__user", "application__school", "application__cohort", "stage")
    waiting = Review.objects.editable_by(request.user).select_related(*related)
    read = Review.objects.visible_to(request.user).filter(reviewer=request.user, state=Review.State.HANDED_IN).select_related(*related)
    context = {
        "page": oldest_first(request, waiting, "assigned_at"),
        "number": waiting.count(),
        "read": read.order_by("-handed_in_at", "-pk")[:DONE_SHOWN],
    }
    return render(request, "leaders/reviews/mine.html", context)


@login_required
def review(request, pk: int):
    """Hers to write until she hands it in; afterwards to be read, with the others' once they are sealed no more."""
    related = ("application__cohort", "application__user", "application__school", "stage__rubric", "stage__cohort", "reviewer")
    shown = Review.objects.visible_to(request.user).select_related(*related).filter(pk=pk).first()
    if not shown:
        return taken_away(request, pk)
    own = shown.reviewer_id == request.user.pk and shown.state == Review.State.ASSIGNED
    whole = "hand_in" in request.POST
    form = ReviewForm(request.POST if request.method == "POST" else None, review=shown, whole=whole) if own else None
    if form and form.is_bound and form.is_valid() and kept(request, shown, form, whole):
        return redirect("my_reviews" if whole else "review", *([] if whole else [pk]))
    application = shown.application
    context = {"review": shown, "application": application, "cohort": application.cohort, "form": form}
    context |= {"answers": answered(application), "reviews": reviews_of(request.user, application)}
    return render(request, "leaders/reviews/review.html", context, status=422 if form and form.errors else 200)


def taken_away(request, pk: int):
    """The page that she had open is of a review that somebody else has now."""
    get_object_or_404(Review.objects.taken_from(request.user), pk=pk)
    messages.warning(request, TAKEN_AWAY)
    return redirect("my_reviews")


def kept(request, shown: Review, form: ReviewForm, whole: bool) -> bool:
    act = actions.hand_in_review if whole else actions.save_review
    try:
        act(request.user, shown, points=form.points(), note=form.cleaned_data["note"])
    except (MoveRefused, PermissionDenied):
        form.add_error(None, TAKEN_AWAY)
        return False
    messages.success(request, _("The review is handed in.") if whole else _("The review is saved; nobody else reads it yet."))
    return True


@login_required
def conflict(request, pk: int):
    """She knows the applicant: somebody else reads it."""
    own = get_object_or_404(Review.objects.editable_by(request.user).select_related("application__user", "stage__cohort"), pk=pk)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.declare_conflict(request.user, own, reason=form.cleaned_data["reason"])
        messages.success(request, _("Thank you. Somebody else reads this application."))
        return redirect("my_reviews")
    context = {"review": own, "application": own.application, "form": form}
    return render(request, "leaders/reviews/conflict.html", context, status=422 if form.errors else 200)
