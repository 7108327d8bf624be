"""Counting facets over the codes that stand beside each entry: ` subject:math grade:5 `."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from .index import CODES, Row


class FacetCounter:
    """Each facet is counted over what the *other* chosen facets leave, so that its own choices keep their siblings."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]):
        self.chosen = {name: [f" {name}:{code} " for code in codes] for name, codes in chosen.items()}
        self.wanted = wanted

    def refused_by(self, codes: str) -> list[str]:
        return [name for name, allowed in self.chosen.items() if not any(word in codes for word in allowed)]

    def narrow(self, rows: Iterable[Row]) -> tuple[list[Row], dict[str, Counter]]:
        """The rows that all chosen facets admit, and how many entries each code of a wanted facet would find."""
        admitted, refused = [], defaultdict(list)
        for row in rows:
            names = self.chosen and self.refused_by(row[CODES])
            if not names:
                admitted.append(row)
            elif len(names) == 1:
                refused[names[0]].append(row)
        found = tally(admitted) if self.wanted else {}
        siblings = {name: tally(refused[name]).get(name, Counter()) for name in self.wanted if name in refused}
        return admitted, {name: found.get(name, Counter()) + siblings.get(name, Counter()) for name in self.wanted}


def tally(rows: Iterable[Row]) -> dict[str, Counter]:
    facets: dict[str, Counter] = defaultdict(Counter)
    for word, number in Counter(chain.from_iterable(row[CODES].split() for row in rows)).items():
        name, _colon, code = word.partition(":")
        facets[name][code] += number
    return facets
