"""Kazakh, Russian and English text as terms, the same for every engine, at index time and at query time.

    stem("мектептерімізде")      -> "мектеп"          one term: what the word means
    five("мектептерімізде")      -> "мекте"           the beginning, which survives what the stemmer does not know
    grams("мектеп")              -> ["_мек", "мект", …]  pieces for ranking, which also bridge related languages
    analyse(text, language)      -> Fields(stems, fives, grams)
    query_words(text)            -> the words of a query, each with its stems in all three languages

Every term is written in the letters of the Russian keyboard, so that a word typed without Kazakh letters gives the same terms.
"""

from .codes import codes_typed, pattern, without
from .fields import Fields, QueryWord, analyse, query_words
from .languages import guess_language
from .letters import alike, clean, fold, lower
from .tokens import tokenize
from .words import five, grams, stem

__all__ = [
    "Fields",
    "QueryWord",
    "alike",
    "analyse",
    "clean",
    "codes_typed",
    "five",
    "fold",
    "grams",
    "guess_language",
    "lower",
    "pattern",
    "query_words",
    "stem",
    "tokenize",
    "without",
]
