"""Invented texts with the words of the demo content, each as often as it stands there, so that common and rare words exist."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from resources.demo import CONTENT
from search.analysis import tokenize

TEXTS = 2000
SHARES = {"kk": 60, "ru": 34, "en": 6}
DESCRIPTION_WORDS, PAGE_WORDS = 40, 120
RARE = 0.02
SEED = 2026


class Text(NamedTuple):
    language: str
    title: str
    description: str
    page: str


class Vocabulary:
    """The words of one language, each drawn as often as it stands in the demo content."""

    def __init__(self, words: Counter):
        self.words = sorted(words)
        self.shares = list(accumulate(words[word] for word in self.words))

    def sentences(self, random: Random, length: int) -> Iterator[str]:
        drawn = random.choices(self.words, cum_weights=self.shares, k=length)
        drawn = [self.coined(random) if random.random() < RARE else word for word in drawn]
        while drawn:
            end = random.randint(6, 14)
            yield f"{' '.join(drawn[:end]).capitalize()}."
            drawn = drawn[end:]

    def coined(self, random: Random) -> str:
        """Like a name or a term that only one text uses."""
        first, second = random.choices(self.words, k=2)
        return first[:4] + second[-5:]


@cache
def texts(number: int = TEXTS) -> list[Text]:
    random, vocabularies = Random(SEED), read_vocabularies()
    languages = random.choices(list(SHARES), SHARES.values(), k=number)
    return [invented(random, language, vocabularies[language]) for language in languages]


def invented(random: Random, language: str, vocabulary: Vocabulary) -> Text:
    title = " ".join(random.choices(vocabulary.words, k=random.randint(2, 5))).capitalize()
    lengths = (max(int(random.lognormvariate(0, 0.5) * words), 5) for words in (DESCRIPTION_WORDS, PAGE_WORDS))
    description, page = (" ".join(vocabulary.sentences(random, length)) for length in lengths)
    return Text(language, title, description, page)


def read_vocabularies() -> dict[str, Vocabulary]:
    words: dict[str, Counter] = {language: Counter() for language in SHARES}
    for path in sorted((Path(CONTENT) / "materials").glob("*.toml")):
        for line in tomllib.loads(path.read_text("utf-8"))["material"]:
            bodies = [file["body"] for file in line.get("files", [])]
            words[line["language"]].update(tokenize(" ".join([line["title"], line["description"], *bodies])))
    return {language: Vocabulary(counted) for language, counted in words.items()}
