"""Letters: what arrives broken is repaired, and Kazakh letters are folded to those of the Russian keyboard."""

import re
import unicodedata
from collections import defaultdict

KAZAKH = frozenset("әғқңөұүһі")

_CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
# Letters of other alphabets and of old fonts that look like the right ones: copied documents are full of them.
_LOOKALIKES = str.maketrans("aeocpxyikhbmtëҧӛќєњѓїўəɵѳґҡӊӈ", "аеосрхуікһвмтёұәқөңғіүәөөғқңң")
_FOLDED = str.maketrans("әғқңөұүһіё", "агкноуухие")
_ALIKE: defaultdict[str, str] = defaultdict(str)
for _letter in map(chr, {*_LOOKALIKES, *_FOLDED}):
    _ALIKE[_letter.translate(_LOOKALIKES).translate(_FOLDED)] += _letter
_SOUNDS = str.maketrans({"я": "йа", "ю": "йу", "ь": None, "ъ": None})
# Everything a database or a page chokes on, and the invisible marks that split words: soft hyphen, joiners, directions, BOM.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Text that can be stored, shown and split into words."""
    return unicodedata.normalize("NFC", _HARMFUL.sub("", text))


def lower(text: str) -> str:
    """Lower case of the same length: the Turkish capital is the only letter that would grow."""
    return text.replace("İ", "i").lower()


def repair(word: str) -> str:
    """A lower-case Cyrillic word without foreign look-alikes."""
    return word.translate(_LOOKALIKES) if _CYRILLIC.search(word) else word


def fold(word: str) -> str:
    """A lower-case word in the letters of the Russian keyboard, written as it sounds (я as йа, no soft signs)."""
    return repair(word).translate(_FOLDED).translate(_SOUNDS)


def alike(text: str) -> str:
    """A regular expression for all lower-case texts that become the same, letter by letter, when they are repaired and folded."""
    return "".join(f"[{re.escape(letter + _ALIKE.get(letter, ''))}]" for letter in text.translate(_LOOKALIKES).translate(_FOLDED))
