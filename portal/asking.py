"""What a results page may tell of itself: that it was shown, and which of its rows was opened. See search.asked."""

from allauth.account.adapter import get_adapter

from search.asked import Asked, is_noted, visitor_of

# Those who look for a person are nobody's business.
UNTOLD = ("people",)


def signed_question(request, asked, found: int) -> str:
    """Sent back by a script of the page; empty where nothing is to be noted. Whoever asks not to be followed is not."""
    if asked.source in UNTOLD or asked.chosen or asked.page > 1 or not is_noted(asked.text):
        return ""
    if request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1":
        return ""
    return Asked(visitor_of(who_asks(request)), asked.text, request.LANGUAGE_CODE, found).signed()


def who_asks(request) -> str:
    """Guests have no session: their address and browser stand for them, and are not kept either."""
    if request.user.is_authenticated:
        return request.session.session_key or ""
    return f"{get_adapter().get_client_ip(request)} {request.headers.get('User-Agent', '')}"
