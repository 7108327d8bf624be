"""Joining, profiles, consent."""

from django.conf import settings
from django.db import transaction

from .. import lifting, seams, search
from ..models import Consent, User
from ..refs import Ref
from ..text import render
from .acts import record


@transaction.atomic
def join(user: User, *, given_name: str, family_name: str, language: str) -> None:
    """A new person gives her name and agrees to the terms in force."""
    user.given_name, user.family_name, user.interface_language = given_name, family_name, language
    user.save(update_fields=["given_name", "family_name", "interface_language"])
    agree_to_terms(user, language=language)
    search.index_person(user)
    record(user, "join", Ref("people", user.pk))


def stand_in_line(user: User) -> None:
    """From here on a transaction does not run beside itself for one person. SQLite has one writer anyway.

    Others may still write rows that point at her: two people who name each other at one moment would wait for each other for ever.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def agree_to_terms(user: User, *, language: str) -> Consent:
    return Consent.objects.get_or_create(user=user, version=settings.TERMS_VERSION, defaults={"language": language})[0]


@transaction.atomic
def change_profile(user: User, *, subjects=None, grades=None, **fields) -> None:
    before = user.get_full_name()
    if "bio" in fields:
        fields["bio_html"] = render(fields["bio"])
    for name, value in fields.items():
        setattr(user, name, value)
    # These alone: an administrator may be shutting her out, or she changes her password, at the same moment.
    user.save(update_fields=fields)
    if subjects is not None:
        user.subjects.set(subjects)
    if grades is not None:
        user.grades.set(grades)
    lifting.forget(user)
    search.index_person(user)
    if user.get_full_name() != before:
        for renamed in seams.person_renamed:
            renamed(user)
