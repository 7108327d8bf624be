"""While one types: how it will be read, what has been asked before, whom one may name."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from portal.models import User
from search.analysis import guess_language
from search.find import search, suggest
from search.query import SearchQuery

from ..cards import Cards
from ..models import Group, Membership
from ..models.topics import POST_LETTERS
from ..writing import render as render_text

SIMILAR_SHOWN = 5
PEOPLE_SHOWN = 8
SHORTEST_QUESTION = 2


@login_required
@require_POST
def preview(request):
    """As it will be read, cards and names too."""
    written = request.POST.get("text", "").replace("\0", "")[:POST_LETTERS]
    rendered = render_text(written)
    context = {"body": Cards(request.user, [rendered.html]).fill(rendered.html), "language": guess_language(written)}
    return render(request, "community/preview.html", context)


def asked_for(request, name: str) -> str:
    """PostgreSQL refuses to look for a NUL."""
    return request.GET.get(name, "").replace("\0", "").strip()


@login_required
def similar(request):
    """Topics that may answer what a title is about to ask."""
    asked = asked_for(request, "title")
    hits = []
    if len(asked) > SHORTEST_QUESTION:
        hits = search(SearchQuery.for_user(request.user, text=asked, sources=("topics",), size=SIMILAR_SHOWN), user=request.user).hits
    return render(request, "community/similar.html", {"hits": hits})


@login_required
def people_to_name(request, pk: int):
    """Of the group first, then colleagues whom she finds anyway."""
    group = get_object_or_404(Group.objects.readable_by(request.user), pk=pk)
    asked = asked_for(request, "q")[:80]
    found: dict[int, str] = {}
    if len(asked) >= SHORTEST_QUESTION:
        for person in members_named(request.user, group, asked)[:PEOPLE_SHOWN]:
            found[person.pk] = person.get_full_name()
        for entry in suggest("people", asked, user=request.user, limit=PEOPLE_SHOWN):
            found.setdefault(entry.object_id, entry.data["name"])
    return render(request, "community/people_to_name.html", {"people": list(found.items())[:PEOPLE_SHOWN]})


def members_named(user, group: Group, asked: str):
    """Names begin with a capital letter, and not every database knows that of Kazakh."""
    first, _space, last = (asked[:1].upper() + asked[1:]).partition(" ")
    people = User.objects.visible_to(user).not_blocked_by(user).filter(pk__in=Membership.objects.filter(group=group).values("user"))
    if last:
        return people.filter(given_name=first, family_name__startswith=last[:1].upper() + last[1:])
    return people.filter(given_name__startswith=first) | people.filter(family_name__startswith=first)
