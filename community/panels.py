"""What community shows on pages of other apps."""

from django.utils.translation import get_language


def discuss(request, thing) -> dict:
    """On the page of anything that has a reference: where it is talked about. Costs the page no query."""
    return {
        "template": "community/discuss.html",
        "context": {"address": f"/{get_language()}/topics/about/{thing.ref.source}/{thing.pk}/"},
    }
