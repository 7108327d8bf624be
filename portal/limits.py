"""How often one person may do what costs others work or space. allauth guards its own doors; these are ours, by the same shared cache.

`settings.LIMITS` is the table: name → (how many times, within how many seconds).
"""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.shortcuts import render
from django.utils.translation import gettext_lazy

TOO_OFTEN = gettext_lazy("You have done this too often in a short time. Nothing you wrote is lost: try again in an hour.")


def exceeded(name: str, person) -> bool:
    return counted(name, person.pk)


def exceeded_from(request, name: str) -> bool:
    """For those whom nobody knows: by the address they come from, which a whole school may share."""
    return counted(name, get_adapter().get_client_ip(request))


def counted(name: str, whose) -> bool:
    """Count one more; the window begins anew each time its seconds are over, for all processes at once."""
    times, seconds = settings.LIMITS[name]
    key = f"limit:{name}:{whose}:{int(time.time() // seconds)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > times
    except ValueError:
        # The window ended between the two lines.
        return False


def limited(name: str):
    """A view whose POSTs are counted for each signed-in person; one too many is answered by the page of the error 429."""

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if request.method == "POST" and request.user.is_authenticated and exceeded(name, request.user):
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
