"""What editors show before everything that is found for some words."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from search import pins
from search.analysis import query_words
from search.models import Entry, Pin

from ..links import thing_at
from ..models import User
from ..refs import Ref
from .acts import record, record_change, stored_fields


@transaction.atomic
def put_pin(pin: Pin, *, actor: User | None = None) -> None:
    before = stored_fields(pin)
    if not query_words(pin.text):
        raise ValidationError(_("There is no word in it that can be looked for."))
    pin.things = things_at(pin.addresses)
    pin.save()
    transaction.on_commit(pins.forget)
    record_change(actor, Ref("pins", pin.pk), before, pin)


@transaction.atomic
def remove_pin(pin: Pin, *, actor: User | None = None) -> None:
    record(actor, "remove", Ref("pins", pin.pk), before=stored_fields(pin))
    transaction.on_commit(pins.forget)
    pin.delete()


def things_at(addresses: str) -> list[list]:
    lines = list(dict.fromkeys(addresses.split()))
    if len(lines) > pins.AT_MOST:
        raise ValidationError(_("At most three addresses can be shown first."))
    return [[ref.source, ref.id] for ref in map(found_at, lines)]


def found_at(address: str) -> Ref:
    """That it exists is asked of what can be found; who may see it is asked when it is shown."""
    ref = thing_at(address)
    if not ref or not Entry.objects.filter(source=ref.source, object_id=ref.id).exists():
        raise ValidationError(_("Nothing that can be found stands at the address “%(address)s”."), params={"address": address})
    return ref
