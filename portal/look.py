"""How a reader wants pages to look: a cookie, rendered on <html> by the server."""

CHOICES = {"theme": ("auto", "light", "dark"), "size": ("normal", "large"), "contrast": ("normal", "high")}
COOKIE = "look"


def look(request) -> dict[str, str]:
    """The cookie is `theme.size.contrast`; whatever is not a known choice counts as the first."""
    parts = request.COOKIES.get(COOKIE, "").split(".")
    parts += [""] * len(CHOICES)
    return {name: part if part in choices else choices[0] for (name, choices), part in zip(CHOICES.items(), parts, strict=False)}


def look_cookie(data) -> str:
    return ".".join(data.get(name) if data.get(name) in choices else choices[0] for name, choices in CHOICES.items())
