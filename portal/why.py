"""Why a thing was found, in plain words: where the words stand in it, and what has lifted it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from search import sources
from search.analysis import lower
from search.results import Hit, Segment

# A thing that lacks one of five parts is still well described.
WELL_DESCRIBED = 0.8
OWN = {
    "subject": gettext_lazy("Your subject: %(names)s"),
    "grade": gettext_lazy("Your grade: %(names)s"),
    "language": gettext_lazy("Your language: %(names)s"),
}


def reasons(hit: Hit) -> Iterator[str]:
    yield from words_found(hit)
    if hit.lifted:
        yield from codes_lifted(hit)
        yield from signals_lifted(hit)


def words_found(hit: Hit) -> Iterator[str]:
    if words := marked_words(hit.title):
        yield _("In the title: %(words)s") % {"words": words}
    if words := marked_words(hit.excerpt):
        # Where in a file, if it was in one, is said under the excerpt.
        yield _("In the text: %(words)s") % {"words": words}
    if words := marked_words(hit.summary):
        yield _("In the description: %(words)s") % {"words": words}
    if hit.beside:
        yield _("In its names, subjects, grades, types or tags: %(words)s") % {"words": ", ".join(hit.beside)}


def marked_words(segments: Iterable[Segment]) -> str:
    return ", ".join(dict.fromkeys(lower(segment.text) for segment in segments if segment.marked))


def codes_lifted(hit: Hit) -> Iterator[str]:
    if not (hit.lifted.named or hit.lifted.own):
        return
    labels = {facet.name: facet.labels for facet in sources.get(hit.source).facets}
    named = [str(label) for name, codes in hit.lifted.named.items() if name in labels for label in labels[name](codes).values()]
    if named:
        yield _("As you asked: %(names)s") % {"names": ", ".join(named)}
    for name, codes in hit.lifted.own.items():
        if name in labels and name not in hit.lifted.named:
            yield OWN[name] % {"names": ", ".join(map(str, labels[name](codes).values()))}


def signals_lifted(hit: Hit) -> Iterator[str]:
    signals = hit.lifted.signals
    if thanks := signals.get("thanks"):
        yield ngettext("%(count)s teacher thanked", "%(count)s teachers thanked", thanks) % {"count": thanks}
    if signals.get("saves"):
        yield _("Colleagues keep it for later")
    if signals.get("solved"):
        yield _("The question is solved")
    if signals.get("complete", 0) >= WELL_DESCRIBED:
        yield _("It is described in full")
    if hit.lifted.is_fresh:
        yield _("It is new")
