"""Counting facets over the codes that stand beside each entry: ` subject:math grade:5 `."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain


class FacetCounter:
    """Each facet is counted over what the *other* chosen facets leave, so that its own choices keep their siblings."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]):
        self.chosen = {name: [f" {name}:{code} " for code in codes] for name, codes in chosen.items()}
        self.wanted = wanted

    def refused_by(self, codes: str) -> list[str]:
        return [name for name, allowed in self.chosen.items() if not any(word in codes for word in allowed)]

    def admits(self, codes: str) -> bool:
        return not self.refused_by(codes)

    def count(self, entries: Iterable[str]) -> tuple[int, dict[str, Counter]]:
        """From the codes of each entry: how many are found, and how many each code of a wanted facet has."""
        admitted, refused = [], defaultdict(list)
        for codes in entries:
            names = self.refused_by(codes)
            if not names:
                admitted.append(codes)
            elif len(names) == 1:
                refused[names[0]].append(codes)
        found = tally(admitted) if self.wanted else {}
        siblings = {name: tally(refused[name]).get(name, Counter()) for name in self.wanted if name in refused}
        return len(admitted), {name: found.get(name, Counter()) + siblings.get(name, Counter()) for name in self.wanted}


def tally(entries: Iterable[str]) -> dict[str, Counter]:
    facets: dict[str, Counter] = defaultdict(Counter)
    for word, number in Counter(chain.from_iterable(map(str.split, entries))).items():
        name, _colon, code = word.partition(":")
        facets[name][code] += number
    return facets
