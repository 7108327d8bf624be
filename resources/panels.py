"""What resources shows on pages of the portal: a person's start page and profile."""

from urllib.parse import urlencode

from django.urls import reverse

from search.find import newest

from .models import Material

DRAFTS_SHOWN = 5
NEWEST_SHOWN = 8
PERSON_SHOWN = 20


def drafts(request) -> dict | None:
    rows = list(Material.objects.editable_by(request.user).drafts().order_by("-changed_at")[:DRAFTS_SHOWN])
    return {"template": "resources/drafts_panel.html", "context": {"drafts": rows}} if rows else None


def newest_for_me(request) -> dict:
    """The newest in her subjects and languages; with neither told yet, the newest of all."""
    mine = {"subject": tuple(request.user.subjects.values_list("code", flat=True)), "language": tuple(request.user.languages)}
    chosen = {name: codes for name, codes in mine.items() if codes}
    address = f"{reverse('materials')}?{urlencode(chosen, doseq=True)}"
    rows = newest(user=request.user, sources=("materials",), facets=chosen, size=NEWEST_SHOWN)
    return {"template": "resources/newest_panel.html", "context": {"newest": rows, "all_url": address}}


def materials_of_person(request, person) -> dict:
    rows = Material.objects.visible_to(request.user).shown().filter(author=person).with_row_data()
    return {"template": "resources/person_panel.html", "context": {"materials": rows[:PERSON_SHOWN], "count": rows.count()}}
