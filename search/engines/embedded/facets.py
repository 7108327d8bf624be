"""Counting facets over the codes that stand beside each entry."""

from collections import Counter
from collections.abc import Mapping


class FacetCounter:
    """Each facet is counted over what the *other* chosen facets leave, so that its own choices keep their siblings."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]):
        self.chosen = {name: {f"{name}:{code}" for code in codes} for name, codes in chosen.items()}
        self.wanted = frozenset(wanted)

    def refused_by(self, codes: str) -> list[str]:
        words = codes.split()
        return [name for name, allowed in self.chosen.items() if allowed.isdisjoint(words)]

    def admits(self, codes: str) -> bool:
        return not self.chosen or not self.refused_by(codes)

    def count(self, entries: Counter) -> tuple[int, dict[str, Counter]]:
        """From codes and how many entries have them: how many are found, and how many each code of a wanted facet has."""
        total, facets = 0, {name: Counter() for name in self.wanted}
        for codes, number in entries.items():
            refused = self.refused_by(codes)
            total += number * (not refused)
            if len(refused) > 1:
                continue
            for word in codes.split():
                name, _colon, code = word.partition(":")
                if name in self.wanted and (not refused or refused[0] == name):
                    facets[name][code] += number
        return total, facets
