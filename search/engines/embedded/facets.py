"""Counting facets over the codes that stand beside each entry: ` subject:math grade:5 `. Many entries share the same codes."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping


class FacetCounter:
    """Each facet is counted over what the *other* chosen facets leave, so that its own choices keep their siblings."""

    def __init__(self, chosen: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]):
        self.chosen = {name: re.compile("|".join(re.escape(f" {name}:{code} ") for code in codes)) for name, codes in chosen.items()}
        self.wanted = wanted

    def narrow(self, numbers: Mapping[str, int]) -> tuple[dict[str, int], dict[str, Counter]]:
        """Of so many entries with the same codes: those that all chosen facets admit, and what each code of a wanted facet would find."""
        if not self.chosen:
            found = tally(numbers) if self.wanted else {}
            return dict(numbers), {name: found.get(name, Counter()) for name in self.wanted}
        admitted, refused = {}, defaultdict(dict)
        admits = [(name, allowed.search) for name, allowed in self.chosen.items()]
        for codes, number in numbers.items():
            refusing = None
            for name, admitting in admits:
                if not admitting(codes):
                    if refusing:
                        break
                    refusing = name
            else:
                (refused[refusing] if refusing else admitted)[codes] = number
        found = tally(admitted) if self.wanted else {}
        counted = {name: found.get(name, Counter()) for name in self.wanted}
        for name in refused.keys() & counted.keys():
            counted[name] = counted[name] + tally(refused[name]).get(name, Counter())
        return admitted, counted


def tally(numbers: Mapping[str, int]) -> dict[str, Counter]:
    """The codes of all that are found equally often are counted in one go."""
    alike, words = defaultdict(list), Counter()
    for codes, number in numbers.items():
        alike[number].append(codes)
    for number, many in alike.items():
        for word, times in Counter(" ".join(many).split()).items():
            words[word] += number * times
    facets: dict[str, Counter] = defaultdict(Counter)
    for word, number in words.items():
        name, _colon, code = word.partition(":")
        facets[name][code] += number
    return facets
