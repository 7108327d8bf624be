"""Who a reader is, as tokens. Apps register plain functions from their `seams.py`:

    audiences.register(lambda user: ["public"] + (["members", f"user:{user.pk}"] if user.is_authenticated else []))
    audiences.register_requirement(lambda user: ["verified"] if is_verified(user) else [])

    audiences.register(tokens_of_groups, of=("topics",))        # asked only where these sources are

An entry is found by a reader who holds any of its audience tokens and satisfies all of its requirements.
"""

from collections.abc import Callable, Iterable
from typing import Any

_tokens: list[Callable[[Any], Iterable[str]]] = []
_only_of: dict[Callable, frozenset[str]] = {}
_requirements: list[Callable[[Any], Iterable[str]]] = []


def register(function: Callable[[Any], Iterable[str]], *, of: Iterable[str] = ()) -> None:
    if function not in _tokens:
        _tokens.append(function)
    _only_of[function] = frozenset(of)


def register_requirement(function: Callable[[Any], Iterable[str]]) -> None:
    if function not in _requirements:
        _requirements.append(function)


def tokens_for(user, sources: Iterable[str] = ()) -> frozenset[str]:
    """Those that open entries of these sources; without sources all."""
    asked = [function for function in _tokens if not sources or is_asked(function, sources)]
    return frozenset(token for function in asked for token in function(user))


def is_asked(function: Callable, sources: Iterable[str]) -> bool:
    only = _only_of.get(function)
    return not only or not only.isdisjoint(sources)


def satisfied_by(user) -> frozenset[str]:
    return frozenset(name for function in _requirements for name in function(user))
