"""What a results page sends when it was shown, and when one of its rows was opened."""

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.asked import Asked, note_opened, note_shown

from ..limits import exceeded_from

LAST_PLACE = 100


@csrf_exempt
@require_POST
def note_asking(request):
    """The question was signed for the page of this visitor: another site can send none but its own, so that no token is needed."""
    asked = Asked.read(request.POST.get("asked", ""))
    if asked and not exceeded_from(request, "asking"):
        place = request.POST.get("place", "")
        if place.isascii() and place.isdigit() and len(place) < 4 and 0 < int(place) <= LAST_PLACE:
            note_opened(asked, int(place))
        else:
            note_shown(asked)
    return HttpResponse(status=204)
