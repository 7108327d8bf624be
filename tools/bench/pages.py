"""The pages that are measured, each at many addresses, and who asks for them."""

from importlib import import_module
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from community.models import Group, Topic
from portal.models import Subject, User
from resources.models import Material

from .engine import some_words
from .texts import SEED

ADDRESSES = 50
PAGE_OF_POSTS = 30
GUEST = f"{settings.LANGUAGE_COOKIE_NAME}=kk"


def pages() -> dict[str, list[str]]:
    public = Material.objects.filter(audience=Material.Audience.PUBLIC, type__requires_verified=False)
    materials = Random(SEED).sample(list(public.values_list("pk", flat=True)), min(ADDRESSES, public.count()))
    subjects = Subject.objects.values_list("code", flat=True)[:5]
    beginnings = ["ма", "бөл", "bol", "мектеп", "сабақ ж", "7.1", "айн", "шко", "оқушы", "vfn", "абв"]
    return {
        "home": [f"/kk/?{urlencode({'n': n})}" for n in range(ADDRESSES)],
        "home, from the cache": ["/kk/"],
        "material": [f"/kk/materials/{pk}/" for pk in materials],
        "list": ["/kk/materials/", *(f"/kk/materials/?{urlencode({'subject': code})}" for code in subjects)],
        "results": [f"/kk/search/?{urlencode({'q': text})}" for text in some_words(2, ADDRESSES)],
        "anything while typing": [f"/kk/search/suggest/?{urlencode({'q': text})}" for text in beginnings],
    }


def own_pages() -> dict[str, list[str]]:
    beginnings = ["1 м", "12", "мектеб", "школа", "шко", "7 мек", "сабақ", "абв"]
    codes = ["7.1", "7.1.2", "5 1 1", "сабақ", "есеп", "8.1.1.1", "оқу", "урок"]
    return {
        "start": ["/kk/start/"],
        "schools while typing": [f"/kk/schools/suggest/?{urlencode({'q': text})}" for text in beginnings],
        "objectives while typing": [f"/kk/objectives/suggest/?{urlencode({'q': text})}" for text in codes],
    }


def group_pages() -> dict[str, list[str]]:
    """As a member of the large group; the long topic from both its ends."""
    large = Group.objects.filter(origin=Group.Origin.PEOPLE).order_by("-members_count")[0]
    long = Topic.objects.filter(group=large).order_by("-posts_count")[0]
    topics = Topic.objects.filter(group=large, posts_count__gte=PAGE_OF_POSTS).order_by("pk")[:ADDRESSES]
    deep = Topic.objects.filter(group=large).order_by("-bumped_at", "-pk")[large.topics_count // 2]
    return {
        "topic": [f"/kk/topics/{topic.pk}/" for topic in topics or [long]],
        "topic, its first page": [f"/kk/topics/{long.pk}/"],
        "topic, its last page": [f"/kk/topics/{long.pk}/{long.highest_number}/"],
        "topics of a group": [f"/kk/groups/{large.pk}/"],
        "topics of a group, far down": [f"/kk/groups/{large.pk}/?{urlencode({'after': f'{deep.bumped_at}~{deep.pk}'})}"],
        "my groups": ["/kk/me/groups/"],
        "unanswered": ["/kk/unanswered/"],
    }


def signed_in(person: User) -> str:
    """The cookies of a browser in which this person has signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{GUEST}; {settings.SESSION_COOKIE_NAME}={session.session_key}"
