"""A guess at the language of a text, from its letters, its commonest words and its endings."""

import re

from .letters import KAZAKH, clean, fold, repair
from .tokens import tokenize

_ENOUGH = 2000
_LATIN = re.compile(r"[a-z]+\Z")
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]")


def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split())


_FUNCTION_WORDS = {
    "kk": frozenset(
        _folded(
            "және үшін мен бен пен бұл осы сол бір бар жоқ емес деп де да болып туралы арқылы бойынша кейін қалай не неге ол олар біз сіз "
            "мен өз әр барлық тек бірақ немесе сынып сабақ"
        )
    ),
    "ru": frozenset(
        _folded(
            "и в на не что с со по для от из к о об у за как это или при до его её их же бы ли мы вы они он она был быть после через над "
            "под класс урок"
        )
    ),
}
_ENDINGS = {
    "kk": _folded("лар лер дар дер тар тер ның нің дың дің тың тің дан ден тан тен ған ген қан кен ды ді ты ті лық лік шы ші сы сі уы"),
    "ru": _folded(
        "ый ий ой ая яя ое ее ие ые ого его ому ых их ов ев ей ть ся ция ции цию ость ости ние ния нию ами ями ах ях ств ство ства"
    ),
}


def guess_language(text: str) -> str:
    """`kk`, `ru` or `en`; Kazakh when nothing tells."""
    words = tokenize(clean(text))[:_ENOUGH]
    latin = sum(1 for word in words if _LATIN.match(word))
    cyrillic = [repair(word) for word in words if _CYRILLIC.search(word)]
    if latin > len(cyrillic):
        return "en"
    kazakh = sum(_weight(word, "kk") + 2 * (not KAZAKH.isdisjoint(word)) for word in cyrillic)
    russian = sum(_weight(word, "ru") for word in cyrillic)
    return "ru" if russian > kazakh else "kk"


def _weight(word: str, language: str) -> float:
    folded = fold(word)
    if folded in _FUNCTION_WORDS[language]:
        return 2
    return 0.5 if len(folded) > 4 and folded.endswith(_ENDINGS[language]) else 0
