"""Codes of learning objectives, 7.1.2.3: each is one term, for its digits alone stand in every text.

In a text only what is written with dots is a code. A query may write it as people type: `7 1 2 3`, `7-1-2-3`, «ОМ 7.1.2.3», `7.1.` for all
that begin so.
"""

import re
from typing import NamedTuple

MOST_PARTS = 5
# The dots of other alphabets and fonts, and the letter that is typed for one on a Russian keyboard
_DOTS = ".․‧·∙•。．ю"
_STANDING = re.compile(rf"(?<![\w{_DOTS}])\d{{1,2}}(?:[{_DOTS[:-1]}]\d{{1,2}}){{2,{MOST_PARTS - 1}}}(?!\w)")
_LIKELY = re.compile(rf"\d[{_DOTS[:-1]}]\d")
_LABEL = r"(?:[оo][мm]|[цc][оo]|l[оo]|оқу мақсаты|оку максаты|мақсат|максат|цел[ьи](?: обучения)?|(?:learning )?objectives?)"
_CLASS = r"\s*-?(?:сынып|сыныб|класс|кл\b|grade)"
_TYPED = re.compile(
    rf"(?<![\w{_DOTS}])(?:(?P<label>{_LABEL})[\s:№-]+)?(?P<code>\d{{1,2}}(?:(?:\s?[{_DOTS}]\s?|[-–,/]|\s)\d{{1,2}}){{0,{MOST_PARTS - 1}}})"
    rf"(?P<end>\s?[{_DOTS}])?(?![\w-]|[{_DOTS}]\d)(?P<counted>{_CLASS})?",
    re.IGNORECASE,
)
# What joins the parts in a term: a letter to every database.
_JOINT = "·"


class Code(NamedTuple):
    """`text` as it is written everywhere, with its place in the text in which it stands."""

    text: str
    start: int
    end: int

    @property
    def term(self) -> str:
        return self.text.replace(".", _JOINT)


def codes_in(text: str) -> list[Code]:
    """Those that stand in a text."""
    # Most texts hold nothing of the kind, which is seen much faster.
    return [written(found.group(), found.span()) for found in _STANDING.finditer(text)] if _LIKELY.search(text) else []


def codes_typed(text: str) -> list[Code]:
    """Those that a query asks for, or the beginnings of them; a label before one belongs to it."""
    found = [one for one in _TYPED.finditer(text) if is_code(one)]
    return [written(one["code"], (one.start(), max(one.end("code"), one.end("end")))) for one in found]


def is_code(found: re.Match) -> bool:
    parts = len(_parts(found["code"]))
    is_closed = found["label"] or found["end"]
    if any(dot in found["code"].lower() for dot in _DOTS):
        return parts > 2 or (parts == 2 and bool(is_closed))
    if found["label"] and parts > 1:
        return True
    # Without dots only a whole code is told from other numbers, and it numbers no class.
    return parts == 4 and not found["counted"]


def written(code: str, place: tuple[int, int]) -> Code:
    return Code(".".join(str(int(part)) for part in _parts(code)), *place)


def without(text: str, codes: list[Code]) -> str:
    """Blanks in their places."""
    for code in codes:
        text = text[: code.start] + " " * (code.end - code.start) + text[code.end :]
    return text


def beginnings(code: Code) -> list[str]:
    """The code and whatever it begins with, as terms: 7·1, 7·1·2, 7·1·2·3."""
    parts = code.text.split(".")
    return [_JOINT.join(parts[:number]) for number in range(2, len(parts) + 1)]


def pattern(code: str) -> str:
    """A regular expression for the code, and for those that begin so, as they stand in a text."""
    dot = f"[{_DOTS[:-1]}]"
    return rf"(?<![\w{_DOTS}]){dot.join(code.split('.'))}(?:{dot}\d{{1,2}})*(?!\w)"


def _parts(code: str) -> list[str]:
    return re.findall(r"\d+", code)
