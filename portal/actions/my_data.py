"""A person takes her data along, or leaves."""

from collections.abc import Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import seams, search
from ..mail.posting import post_account_letter
from ..models import Case, DataExport, Departure, Notice, Role, User
from ..notices import tell
from ..refs import Ref
from ..tasks import enqueue
from .acts import record
from .people import stand_in_line


@transaction.atomic
def ask_for_data(user: User) -> DataExport:
    """One archive at a time: what is being packed is waited for, an older one gives way."""
    from ..my_data import pack_data

    stand_in_line(user)
    packing = DataExport.objects.filter(user=user, ready_at=None).first()
    if packing:
        return packing
    drop_data_export(user)
    export = DataExport.objects.create(user=user)
    record(user, "ask for data", Ref("people", user.pk))
    enqueue(pack_data, export.pk)
    return export


@transaction.atomic
def drop_data_export(user: User) -> None:
    for export in DataExport.objects.filter(user=user):
        if export.archive:
            transaction.on_commit(partial(export.archive.storage.delete, export.archive.name))
        export.delete()


@transaction.atomic
def ask_to_leave(user: User, *, keep: bool) -> Departure:
    """In two weeks everything personal goes; her works stay without her name when `keep`."""
    stand_in_line(user)
    if is_last_administrator(user):
        raise ValidationError(_("You are the last administrator: give the role to somebody else first."))
    departure, asked = Departure.objects.get_or_create(user=user, defaults={"keeps_works": keep})
    if asked:
        record(user, "ask to leave", Ref("people", user.pk), after={"keep": keep})
        tell([user], "departure", Ref("departures", departure.pk), data={"day": departure.due_at.date().isoformat()})
    return departure


@transaction.atomic
def stay(user: User) -> None:
    left, _rows = Departure.objects.filter(user=user).delete()
    if left:
        record(user, "stay", Ref("people", user.pk))


@transaction.atomic
def forget_person(user: User, *, keep: bool) -> None:
    """Nothing that says who she was remains. Works that others have in use may stay, by a former colleague."""
    record(None, "forget", Ref("people", user.pk), after={"keep": keep})
    say_goodbye(user)
    for part in reversed(seams.person_data):
        part.forget(user, keep)
    User.objects.get(pk=user.pk).delete()
    search.index_person(user)


def forget_titles(source: str, ids: Iterable[int]) -> None:
    """Of what is erased for good its judges and its readers keep that it was there, not what it was called."""
    cases = Case.objects.filter(source=source, object_id__in=ids)
    told = Q(source=source, object_id__in=ids) | Q(source="cases", object_id__in=cases.values("pk"))
    for notice in Notice.objects.filter(told, data__has_key="title"):
        notice.data["title"] = ""
        notice.save(update_fields=["data"])
    cases.update(title="")


def say_goodbye(user: User) -> None:
    with override(user.interface_language):
        subject = _("Your account on the Teachers' portal is deleted")
        text = _("As you asked, your account and everything personal is deleted. Thank you for what you did together with your colleagues.")
    post_account_letter(None, user.email, user.interface_language, subject=subject, body=text)


def is_last_administrator(user: User) -> bool:
    administrators = Role.objects.current().filter(name=Role.Name.ADMINISTRATOR, user__is_active=True)
    return administrators.filter(user=user).exists() and not administrators.exclude(user=user).exists()
