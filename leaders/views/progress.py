"""How far a participant is, in words: what is left, by when, where to press."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ..evaluate import evaluate, lost
from ..facts import facts_of
from ..models import Certificate, Enrolment
from ..progress import lines_left, lines_of, name_of, with_groups
from ..querysets.roles import EXAMINER, MANAGER
from ..requirements import rule_of
from .assignments import holds, trail_of
from .frame import entered_cohort, frame


@login_required
def my_progress(request, pk: int):
    """In the cohort in which she studies."""
    cohort, standing = entered_cohort(request, pk)
    seat = standing.enrolment
    if not seat:
        raise Http404
    seat.cohort = cohort
    return shown(request, seat, frame(cohort, standing, "my_progress"))


@login_required
def progress(request, pk: int):
    """Of one participant, for those who look after her."""
    rows = Enrolment.objects.seated().filter(pk__in=Enrolment.objects.visible_to(request.user), user__isnull=False)
    seat = get_object_or_404(rows.select_related("user", "cohort__version__programme"), pk=pk)
    trail = trail_of(seat.cohort, (_("Participants"), f"/leaders/{seat.cohort_id}/dashboard/"))
    return shown(request, seat, {"trail": trail, "writes_results": holds(request.user, seat.cohort, MANAGER, EXAMINER)})


def shown(request, seat: Enrolment, around: dict):
    rule = rule_of(seat.cohort)
    if not rule:
        raise Http404
    outcome = evaluate(rule, facts_of([seat])[seat.pk], timezone.now())
    lines = lines_of(outcome, seat)
    issued = Certificate.objects.visible_to(request.user).valid().filter(user=seat.user_id, version=seat.cohort.version_id)
    context = {
        "seat": seat,
        "cohort": seat.cohort,
        "outcome": outcome,
        "certificate": issued.first() if outcome.met else None,
        "is_mine": seat.user_id == request.user.pk,
        "left": lines_left(outcome, seat),
        "lost": [name_of(node) for node in lost(outcome)],
        "met": [line for line in lines if line.state == "met"],
        "all": len(lines),
        "has_external": any(leaf.rule.kind == "external" for leaf, _group in with_groups(outcome)),
    }
    template = "mine" if "tabs" in around else "progress"
    return render(request, f"leaders/progress/{template}.html", around | context)
