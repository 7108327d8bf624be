"""What editors know to be said in other words."""

from django.db import transaction

from search.models import Synonym
from search.synonyms import forget_synonyms

from ..models import User
from ..refs import Ref
from .acts import record, record_change, stored_fields


@transaction.atomic
def put_synonym(synonym: Synonym, *, actor: User) -> None:
    before = stored_fields(synonym)
    synonym.save()
    forget_synonyms()
    record_change(actor, Ref("synonyms", synonym.pk), before, synonym)


@transaction.atomic
def remove_synonym(synonym: Synonym, *, actor: User) -> None:
    record(actor, "remove", Ref("synonyms", synonym.pk), before=stored_fields(synonym))
    forget_synonyms()
    synonym.delete()
