"""What was changed between two wordings, word by word."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# A word with the space behind it: words that change together stand together, and lines end where they did.
PIECES = re.compile(r"\S+[^\S\n]*|\s+")
# Beyond this the comparison costs more than it tells: the texts stand whole below each other.
COMPARED_AT_MOST = 8_000


def difference(before: str, after: str) -> SafeString:
    old, new = PIECES.findall(before), PIECES.findall(after)
    if len(old) + len(new) > COMPARED_AT_MOST:
        return format_html("<del>{}</del>\n<ins>{}</ins>", before, after)
    drawn = []
    for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            drawn.append(format_html("{}", "".join(old[a:b])))
            continue
        if a < b:
            drawn.append(format_html("<del>{}</del>", "".join(old[a:b])))
        if c < d:
            drawn.append(format_html("<ins>{}</ins>", "".join(new[c:d])))
    return mark_safe("".join(drawn))  # noqa: S308 - each piece is drawn by format_html
