"""Saved searches, and the alerts that follow from them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from search.alerts import answers, is_open_to, keys_of, terms_of, wishes_of
from search.models import Entry
from search.query import SearchQuery

from ..models import SavedSearch, SavedSearchAlert, SavedSearchTerm, User
from ..notices import tell
from ..refs import Ref
from ..reporting import Thing, find_thing
from .people import stand_in_line

AT_MOST = 50


@transaction.atomic
def save_search(user: User, *, name: str, text: str = "", source: str = "", facets: Mapping | None = None) -> SavedSearch:
    """The same question is saved once, whatever its words and codes were typed like."""
    stand_in_line(user)
    saved = plain_question(text, source, facets or {})
    if known := SavedSearch.objects.filter(user=user, digest=saved.digest).first():
        return known
    keys = keys_of(SearchQuery.for_user(user, text=saved.text, facets=saved.facets))
    if not keys:
        raise ValidationError(_("Type a word or choose a filter first: everything new would be too much."))
    if user.saved_searches.count() >= AT_MOST:
        raise ValidationError(_("You have 50 saved searches. Delete one of them first."))
    saved.user, saved.name = user, name[: SavedSearch._meta.get_field("name").max_length]
    saved.wishes = wishes_of(saved.wished)
    saved.save()
    SavedSearchTerm.objects.bulk_create(SavedSearchTerm(search=saved, term=term, beside=beside) for term, beside in keys)
    return saved


def plain_question(text: str, source: str, facets: Mapping) -> SavedSearch:
    """Not stored yet: what is asked, without the accidents of how it was asked."""
    saved = SavedSearch(text=" ".join(text.split())[:200], source=source, facets={})
    saved.facets = {name: sorted(codes) for name, codes in sorted(SearchQuery(facets=facets).facets.items())}
    same = json.dumps([saved.text.lower(), saved.source, saved.facets])
    saved.digest = hashlib.sha256(same.encode()).hexdigest()
    return saved


@transaction.atomic
def rename_search(user: User, saved: SavedSearch, *, name: str) -> None:
    SavedSearch.objects.editable_by(user).filter(pk=saved.pk).update(name=name)


@transaction.atomic
def forget_search(user: User, saved: SavedSearch) -> None:
    SavedSearch.objects.editable_by(user).filter(pk=saved.pk).delete()


@transaction.atomic
def tell_of_entry(entry_id: int) -> None:
    """Whoever saved a question before this was published, and may read it, is told once; its own author never."""
    # Held, so that a second task for the same entry sees whom the first has told.
    entry = Entry.objects.select_for_update(of=["self"]).select_related("audience").filter(pk=entry_id).first()
    if not entry:
        return
    answered = sorted(SavedSearch.objects.in_bulk(answered_by(entry)).values(), key=lambda saved: saved.pk)
    users = User.objects.in_bulk({saved.user_id for saved in answered})
    things = things_for(users.values(), entry, Ref(entry.source, entry.object_id))
    found = {saved: things[saved.user_id] for saved in answered if saved.user_id in things}
    SavedSearchAlert.objects.bulk_create(SavedSearchAlert(search=saved, source=entry.source, object_id=entry.object_id) for saved in found)
    tell_readers(found, users)


def answered_by(entry: Entry) -> list[int]:
    """Saved searches that were not told of it yet; whether their owners may read it is another question."""
    terms = terms_of(entry)
    waiting = SavedSearch.objects.waiting_for(entry, SavedSearchTerm.objects.searches(terms))
    return [pk for pk, wishes in waiting if answers(wishes, terms)]


def things_for(users: Iterable[User], entry: Entry, ref: Ref) -> dict[int, Thing]:
    """The thing as each of them sees it; not for those who do not, nor for its author."""
    seen = {user.pk: (user, find_thing(user, ref)) for user in users if is_open_to(entry, user)}
    return {pk: thing for pk, (user, thing) in seen.items() if thing and thing.owner != user}


def tell_readers(found: Mapping[SavedSearch, Thing], users: Mapping[int, User]) -> None:
    """Each reader once, by her oldest search; those who call theirs alike are told together."""
    told, alike = set(), defaultdict(list)
    for saved, thing in found.items():
        if saved.user_id not in told:
            told.add(saved.user_id)
            alike[saved.name, thing].append(users[saved.user_id])
    for (name, thing), readers in alike.items():
        data = {"name": name, "title": thing.title, "address": thing.address}
        tell(readers, "saved-search", thing.ref, actor=thing.owner, data=data)
