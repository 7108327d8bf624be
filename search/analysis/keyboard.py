"""What was typed while the keyboard was set to another language.

The Kazakh layout is the Russian one with nine letters on the row of digits; what holds no letter, like a number, stays as it is.
"""

import re

_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_LETTERS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_DIGITS, _KAZAKH = "234589" + "0-=", "әіңғүұ" + "қөһ"
_TO_CYRILLIC = str.maketrans(_KEYS + _SHIFTED, _LETTERS * 2)
_TO_KAZAKH = str.maketrans(_KEYS + _SHIFTED + _DIGITS, _LETTERS * 2 + _KAZAKH)
_TO_LATIN = str.maketrans(_LETTERS + _KAZAKH, _KEYS + _DIGITS)
_CYRILLIC, _LATIN = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)
_PIECE = re.compile(r"\S+")


def retyped(text: str) -> list[str]:
    """What a text would have been on the other keyboard. The Kazakh one comes first: on the Russian one no digit stands inside a word."""
    ways = [_retyped(text, table) for table in (_TO_KAZAKH, _TO_CYRILLIC)]
    return [way for way in dict.fromkeys(ways) if way != text]


def _retyped(text: str, cyrillic: dict) -> str:
    return _PIECE.sub(lambda found: _piece(found.group(), cyrillic), text)


def _piece(piece: str, cyrillic: dict) -> str:
    if _CYRILLIC.search(piece):
        return piece if _LATIN.search(piece) else piece.lower().translate(_TO_LATIN)
    return piece.translate(cyrillic) if _LATIN.search(piece) else piece
