"""The page of a school: where it is, who of those who work there lets herself be found, and what other rooms have of it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from search.find import search
from search.query import NEWEST, SearchQuery

from ..models import School
from ..seams import filled, page_slots


def school(request, pk: int):
    shown = get_object_or_404(School.objects.visible_to(request.user).select_related("region", "type"), pk=pk)
    colleagues = colleagues_at(request, shown)
    context = {
        "school": shown,
        "colleagues": colleagues,
        "older_url": f"?after={colleagues.next_cursor}" if colleagues.next_cursor else "",
        "newest_url": request.path if request.GET.get("after") else "",
        "region_url": f"{reverse('people')}?region={shown.region.code}",
        "slots": filled(page_slots["school"], request, shown),
    }
    return render(request, "portal/school.html", context)


def colleagues_at(request, shown: School):
    """Found like in the directory: nobody stands here who does not stand there."""
    asked = {"sources": ("people",), "facets": {"school": [str(shown.pk)]}, "sort": NEWEST, "cursor": request.GET.get("after", "")}
    return search(SearchQuery.for_user(request.user, **asked), user=request.user)
