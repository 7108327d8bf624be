"""Where a person stands in programmes: the cohorts in which she studies or waits, and those that she looks after."""

from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from portal.start import tallied

from ..models import CohortRole, Enrolment
from ..panels import known_of, places_of, ways_of


@login_required
def my_programmes(request):
    user = request.user
    seats = Enrolment.objects.of(user).live().select_related("cohort").order_by("-cohort__starts_on", "-pk")
    context = {"seats": seats, "cohorts": looked_after(user), "ways": ways_of(known_of(tallied(places_of(user))), here=True)}
    return render(request, "leaders/mine/programmes.html", context)


def looked_after(user) -> list[dict]:
    """Each cohort once, with all that she is in it."""
    held = CohortRole.objects.of(user).current().exclude(cohort__state="archived").select_related("cohort")
    found = defaultdict(list)
    for role in held.order_by("-cohort__starts_on", "-cohort", "since", "pk"):
        found[role.cohort].append(role.get_name_display())
    return [{"cohort": cohort, "roles": roles} for cohort, roles in found.items()]
