"""An owner takes along everything that is said in her group."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.actions import record
from portal.actions.people import stand_in_line
from portal.models import User
from portal.tasks import enqueue

from ..models import Group, GroupExport


@transaction.atomic
def ask_for_export(user: User, group: Group) -> GroupExport:
    """One archive of a group at a time: what is being packed is waited for, an older one gives way."""
    from ..archive import pack_group

    stand_in_line(user)
    if not Group.objects.editable_by(user).readable_by(user).filter(pk=group.pk).exists():
        raise PermissionDenied
    own = GroupExport.objects.filter(user=user, group=group)
    if packing := own.filter(ready_at=None).first():
        return packing
    drop_exports(own)
    export = GroupExport.objects.create(user=user, group=group)
    record(user, "export group", group.ref)
    enqueue(pack_group, export.pk)
    return export


@transaction.atomic
def drop_exports(exports) -> None:
    for export in exports:
        if export.archive:
            transaction.on_commit(partial(export.archive.storage.delete, export.archive.name))
        export.delete()
