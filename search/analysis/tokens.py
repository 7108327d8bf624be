"""Words of a text: runs of letters and digits."""

import re

from .letters import lower

WORD = re.compile(r"[^\W_]+")
LONGEST = 64


def tokenize(text: str) -> list[str]:
    return [word[:LONGEST] for word in WORD.findall(lower(text))]
