"""A reference to anything that can be found: the key of a search source and the id within it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Ref:
    source: str
    id: int

    def __str__(self) -> str:
        return f"{self.source}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Raise ValueError when `text` is not `source:id`."""
        source, _, number = text.partition(":")
        if not source.isidentifier():
            raise ValueError(text)
        return cls(source, int(number))
