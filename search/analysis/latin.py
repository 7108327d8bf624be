"""Kazakh and Russian words that were written in Latin letters, read as Cyrillic ones.

Three ways of writing are known: the alphabet of 2018 (bólshek, synyp, ý), that of 2021 (bölşek, ş, ū) and plain letters (bolshek, zh).
A word that may be read in several ways gives several readings.
"""

import re
from itertools import islice, product

# The readings of a word, and the letters of a word that is read at all
MOST, LONGEST = 4, 30

_WORD = re.compile(r"[a-záäçéğǵıñńóöşúüūýž]{2,}\Z")
# Several letters stand for what a piece may mean, the likeliest first: in all places of a word it means the same.
_PIECES = {
    "shch": "щ", "sch": "щ", "tch": "ч", "dzh": "дж", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "gh": "г", "ts": "ц",
    "iya": "ия", "ıya": "ия", "iia": "ия", "ııa": "ия", "ya": "я", "ia": "я", "ıa": "я", "ja": "жа|я",
    "yu": "ю", "iu": "ю", "ıu": "ю", "ıý": "ю", "ju": "жу|ю", "yo": "е", "ye": "е", "ng": "н|нг",
    "ce": "це|се", "ci": "ци|си", "cy": "цы|сы",
    "a": "а", "á": "а", "ä": "а", "b": "б", "c": "к|ц", "ç": "ч", "d": "д", "e": "е", "é": "е", "f": "ф", "g": "г", "ğ": "г", "ǵ": "г",
    "h": "х", "i": "и", "ı": "и|ы", "j": "ж", "k": "к", "l": "л", "m": "м", "n": "н", "ñ": "н", "ń": "н", "o": "о", "ó": "о", "ö": "о",
    "p": "п", "q": "к", "r": "р", "s": "с", "ş": "ш", "t": "т", "u": "у", "ú": "у", "ü": "у", "ū": "у", "v": "в", "w": "у", "x": "кс|х",
    "y": "ы", "ý": "у", "z": "з", "ž": "ж",
}  # fmt: skip
# After a vowel these are no vowels themselves; "ia" after a consonant is «ия», as in himia.
_AFTER_A_VOWEL = {"i": "й", "ı": "й", "y": "й"}
_AFTER_A_CONSONANT = {"ia": "ия", "ıa": "ия", "iu": "ию", "ıu": "ию"}
_FIRST = {"e": "е|э"}
_VOWELS = frozenset("аеиоуыэяю")
_PIECE = re.compile("|".join(sorted(_PIECES, key=len, reverse=True)))


def readings(word: str) -> list[str]:
    """What a lower-case Latin word may be in the letters of the Russian keyboard, the likeliest first; of any other word nothing."""
    if len(word) > LONGEST or not _WORD.match(word):
        return []
    meanings = _meanings(_PIECE.findall(word))
    doubtful = list(dict.fromkeys(meaning for meaning in meanings if "|" in meaning))
    ways = product(*(meaning.split("|") for meaning in doubtful))
    chosen = (dict(zip(doubtful, way, strict=True)) for way in islice(ways, MOST))
    return list(dict.fromkeys("".join(way.get(meaning, meaning) for meaning in meanings) for way in chosen))


def _meanings(pieces: list[str]) -> list[str]:
    found: list[str] = []
    for piece in pieces:
        if not found:
            by_place = _FIRST
        elif piece == "y" and found[-1].startswith("и"):
            by_place = {"y": "ы|й"}
        else:
            by_place = _AFTER_A_VOWEL if found[-1][-1] in _VOWELS else _AFTER_A_CONSONANT
        found.append(by_place.get(piece) or _PIECES[piece])
    return found
