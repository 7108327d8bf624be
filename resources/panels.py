"""What resources shows on pages of the portal: a person's start page and profile."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from portal.start import Counts, Line, Tally
from search.find import newest

from .models import Material

NEWEST_SHOWN = 8
PERSON_SHOWN = 20


def counts(user) -> list:
    return [Tally("drafts", Material.objects.editable_by(user).drafts())]


def lines(request, counts: Counts) -> list[Line]:
    """One is opened, of several the list."""
    number, first = counts["drafts"]
    if not number:
        return []
    label = ngettext("%(count)s draft of a material is not published", "%(count)s drafts of materials are not published", number)
    url = reverse("edit_material", args=[first]) if number == 1 else reverse("my_materials")
    return [Line(label % {"count": number}, url, "pencil")]


def newest_for_me(request, counts: Counts) -> dict:
    """The newest in her subjects and languages are brought by a request of their own: what waits for her waits for nothing."""
    return {"template": "resources/newest_panel.html", "context": {"all_url": reverse("materials")}}


def found_for(user) -> dict:
    """With neither subjects nor languages told yet, the newest of all."""
    mine = {"subject": tuple(user.subjects.values_list("code", flat=True)), "language": tuple(user.languages)}
    chosen = {name: codes for name, codes in mine.items() if codes}
    address = f"{reverse('materials')}?{urlencode(chosen, doseq=True)}"
    return {"newest": newest(user=user, sources=("materials",), facets=chosen, size=NEWEST_SHOWN), "all_url": address}


def materials_of_person(request, person) -> dict:
    rows = Material.objects.visible_to(request.user).shown().filter(author=person).with_row_data()
    return {"template": "resources/person_panel.html", "context": {"materials": rows[:PERSON_SHOWN], "count": rows.count()}}
