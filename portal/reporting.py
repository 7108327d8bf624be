"""What can be reported, and what can be done about it. Each app registers its things in `seams.reportables`:

    seams.reportables["materials"] = Reportable(find_material, "/materials/", take_down=hide, put_back=show)

A source without `take_down` has decisions too; what follows from them is done by hand.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from . import editorial, seams
from .models import Complaint, User
from .refs import Ref


@dataclass(frozen=True)
class Thing:
    """What the queue of complaints has to know of something. `address` is without the language: `/materials/7/`.

    `case_title` is what its case is called where its title is not for everybody who decides.
    """

    ref: Ref
    title: str
    address: str
    language: str = ""
    owner: User | None = None
    case_title: str = ""


OF_WORKS = tuple(reason for reason in Complaint.Reason if reason != Complaint.Reason.STRANGER)
OF_PEOPLE = (Complaint.Reason.STRANGER, Complaint.Reason.OFFENCE, Complaint.Reason.SPAM, Complaint.Reason.OTHER)


@dataclass(frozen=True)
class Reportable:
    """`path` and the id are the address of a thing, without the language, where that is all it takes.

    `find(user, id)` answers with the thing, or with None where it does not exist for this person.

    `take_down(actor, id, reason)` and `put_back(actor, id)` run in the transaction of the decision.
    """

    find: Callable[[Any, int], Thing | None]
    path: str
    take_down: Callable[[Any, int, str], None] | None = None
    put_back: Callable[[Any, int], None] | None = None
    reasons: tuple[Complaint.Reason, ...] = OF_WORKS


def find_thing(user, ref: Ref) -> Thing | None:
    known = seams.reportables.get(ref.source)
    return known.find(user, ref.id) if known else None


def find_page(user, pk: int) -> Thing | None:
    page = Page.objects.filter(editorial.visible_to(user), pk=pk, depth__gt=1).select_related("locale").first()
    return page and Thing(Ref("pages", pk), page.title, f"/languages/{pk}/", page.locale.language_code)


def find_person(user, pk: int) -> Thing | None:
    """Anybody but oneself."""
    person = User.objects.visible_to(user).exclude(pk=user.pk).filter(pk=pk).first()
    return person and Thing(Ref("people", pk), person.full_name, f"/people/{pk}/", owner=person)


def register() -> None:
    from .actions.suspensions import lift_suspension

    seams.reportables["pages"] = Reportable(find_page, "/languages/")
    seams.reportables["people"] = Reportable(find_person, "/people/", put_back=lift_suspension, reasons=OF_PEOPLE)
