"""What the portal keeps of a person, taken along or forgotten. Every app answers for its own tables through `seams.person_data`:

seams.person_data.append(PersonData("resources", export=works, files=files_of_works, forget=forget_works))
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from shutil import copyfileobj
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files import File as Content
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from . import actions, seams
from .files.uploads import drop
from .models import Act, Case, Complaint, DataExport, Departure, File, Invitation, Letter, MailHours, User
from .models.my_data import KEPT_FOR
from .notices import tell
from .refs import Ref
from .tasks import enqueue


@dataclass(frozen=True)
class PersonData:
    """`export` names data that JSON can hold, `files` gives (folder, file); `forget(user, keep)` leaves works without a name, or none."""

    app: str
    export: Callable[[User], dict[str, Any]]
    files: Callable[[User], Iterable[tuple[str, File]]]
    forget: Callable[[User, bool], None]


# What the ground keeps


def own_data(user: User) -> dict[str, Any]:
    return {
        "profile": profile_of(user),
        "addresses": rows(EmailAddress.objects.filter(user=user), "email", "verified", "primary"),
        "keys": rows(Authenticator.objects.filter(user=user), "type", "created_at", "last_used_at"),
        "devices": rows(UserSession.objects.filter(user=user), "user_agent", "ip", "created_at"),
        "consents": rows(user.consents, "version", "language", "given_at"),
        "positions": rows(user.positions, "school__name_kk", "school__name_ru", "role", "since", "until", "confirmed_at"),
        "invitations": rows(user.invitations, "school__name_kk", "email", "created_at", "expires_at", "withdrawn_at", "taken"),
        "roles": rows(user.roles, "name", "scope", "since", "until"),
        "complaints": rows(Complaint.objects.filter(by=user), "case__source", "case__object_id", "reason", "text", "created_at"),
        "notices": rows(user.notices, "kind", "source", "object_id", "happened_at", "read_at"),
        "letters": rows(user.letters, "purpose", "address", "language", "due_at", "closed_at"),
        "wishes": rows(user.notice_choices, "kind", "rhythm"),
        "hours": rows(MailHours.objects.filter(user=user), "weekdays", "opens", "closes"),
        "searches": rows(user.saved_searches, "name", "text", "source", "facets", "created_at"),
        "blocked": rows(user.blocks, "blocked", "at"),
        "suspensions": rows(user.suspensions, "case", "until"),
        "appeals": rows(Case.objects.filter(owner=user), "source", "object_id", "title", "decision", "note", "appeal_text", "opened_at"),
        "acts": rows(Act.objects.filter(actor=user), "verb", "source", "object_id", "reason", "at"),
    }


def profile_of(user: User) -> dict:
    columns = ("email", "family_name", "given_name", "patronymic", "latin_name", "bio", "languages", "interface_language", "date_joined")
    columns += ("shown_to", "shown_parts", "listed_to")
    named = {"subjects": user.subjects, "grades": user.grades}
    return {name: getattr(user, name) for name in columns} | {name: [str(row) for row in found.all()] for name, found in named.items()}


def rows(found, *columns: str) -> list[dict]:
    return list(found.order_by("pk").values(*columns))


def forget_own(user: User, keep: bool) -> None:
    """Rows that speak of her alone go with her own row."""
    actions.end_sessions(user)
    actions.drop_data_export(user)
    Complaint.objects.filter(by=user).update(text="")
    Case.objects.filter(owner=user).update(appeal_text="")
    Invitation.objects.filter(email=user.email_key).delete()
    # Letters to an address alone, such as invitations; the farewell has not left yet.
    Letter.objects.filter(user=None, address=user.email_key).exclude(closed_at=None).delete()
    actions.forget_titles("people", [user.pk])
    for upload in user.uploads.all():
        drop(upload)


PORTAL = PersonData("portal", export=own_data, files=lambda user: (), forget=forget_own)


# The archive


@task()
def pack_data(export_id: int) -> None:
    export = DataExport.objects.select_related("user").filter(pk=export_id, ready_at=None).first()
    if not export:
        return
    with tempfile.TemporaryFile() as archive:
        pack(export.user, archive)
        archive.seek(0)
        with transaction.atomic():
            export.archive.save(f"portal-{timezone.localdate():%Y-%m-%d}.zip", Content(archive), save=False)
            export.ready_at = timezone.now()
            export.save(update_fields=["archive", "ready_at"])
            tell([export.user], "data-ready", Ref("exports", export.pk))


def pack(user: User, archive) -> None:
    """Straight to the disk: videos of years do not fit into memory."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in seams.person_data:
            for name, data in part.export(user).items():
                text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
                packed.writestr(f"{part.app}/{name}.json", text)
            for folder, file in part.files(user):
                # A file's own name was made safe when it was taken in; its number keeps two of the same name apart.
                place = f"{part.app}/{folder}/{file.pk} {file.name}"
                with file.blob.open("rb") as content, packed.open(place, "w", force_zip64=True) as copy:
                    copyfileobj(content, copy)


def drop_old_archives() -> None:
    for export in DataExport.objects.filter(ready_at__lt=timezone.now() - KEPT_FOR).select_related("user"):
        actions.drop_data_export(export.user)


# The departure


def begin_departures() -> None:
    for pk in Departure.objects.filter(due_at__lte=timezone.now()).values_list("pk", flat=True):
        enqueue(forget_when_due, pk)


@task()
def forget_when_due(departure_id: int) -> None:
    departure = Departure.objects.select_related("user").filter(pk=departure_id, due_at__lte=timezone.now()).first()
    if departure and not actions.is_last_administrator(departure.user):
        actions.forget_person(departure.user, keep=departure.keeps_works)
