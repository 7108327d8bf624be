"""Kazakh, Russian and English text as terms, the same for every engine, at index time and at query time.

    stem("мектептерімізде")      -> "мектеп"          one term: what the word means
    five("мектептерімізде")      -> "мекте"           the beginning, which survives what the stemmer does not know
    grams("мектеп")              -> ["_мек", "мект", …]  pieces for ranking, which also bridge related languages
    analyse(text, language)      -> Fields(stems, fives, pieces)
    query_words(text)            -> the words of a query, each with its stems in all three languages, and as Latin letters may be read
    retyped("vtrntg")            -> ["мектеп"]        what it would be on the other keyboard
    slips("мкетеп")              -> {"мекте", …}      beginnings of the words that are one slip away

Every term is written in the letters of the Russian keyboard, so that a word typed without Kazakh letters gives the same terms.
"""

from .codes import codes_typed, pattern, without
from .fields import Fields, QueryWord, analyse, in_cyrillic, query_words
from .keyboard import retyped
from .languages import guess_language
from .letters import alike, clean, fold, lower
from .tokens import WORD, tokenize
from .typos import distance, slips
from .words import FIVE_LETTERS, five, grams, stem

__all__ = [
    "FIVE_LETTERS",
    "Fields",
    "WORD",
    "QueryWord",
    "alike",
    "analyse",
    "clean",
    "codes_typed",
    "distance",
    "five",
    "fold",
    "grams",
    "guess_language",
    "in_cyrillic",
    "lower",
    "pattern",
    "query_words",
    "retyped",
    "slips",
    "stem",
    "tokenize",
    "without",
]
