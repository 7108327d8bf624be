"""Words of a text: runs of letters and digits."""

import re

from .letters import lower

WORD = re.compile(r"[^\W_]+")
LONGEST = 64


def tokenize(text: str) -> list[str]:
    words = WORD.findall(lower(text))
    return [word[:LONGEST] for word in words] if max(map(len, words), default=0) > LONGEST else words
