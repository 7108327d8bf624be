"""Words of the editors to everybody, or to some."""

from django.db import transaction

from ..banners import forget_banners
from ..models import Banner, User
from ..refs import Ref
from .acts import record, record_change, stored_fields


@transaction.atomic
def put_banner(banner: Banner, *, actor: User) -> None:
    before = stored_fields(banner)
    banner.save()
    transaction.on_commit(forget_banners)
    record_change(actor, Ref("banners", banner.pk), before, banner)


@transaction.atomic
def remove_banner(banner: Banner, *, actor: User) -> None:
    record(actor, "remove", Ref("banners", banner.pk), before=stored_fields(banner))
    transaction.on_commit(forget_banners)
    banner.delete()
