"""Who a reader is, as tokens. Apps register plain functions from their `seams.py`:

    audiences.register(lambda user: ["public"] + (["members", f"user:{user.pk}"] if user.is_authenticated else []))
    audiences.register_requirement(lambda user: ["verified"] if is_verified(user) else [])

An entry is found by a reader who holds any of its audience tokens and satisfies all of its requirements.
"""

from collections.abc import Callable, Iterable
from typing import Any

_tokens: list[Callable[[Any], Iterable[str]]] = []
_requirements: list[Callable[[Any], Iterable[str]]] = []


def register(function: Callable[[Any], Iterable[str]]) -> None:
    if function not in _tokens:
        _tokens.append(function)


def register_requirement(function: Callable[[Any], Iterable[str]]) -> None:
    if function not in _requirements:
        _requirements.append(function)


def tokens_for(user) -> frozenset[str]:
    return frozenset(token for function in _tokens for token in function(user))


def satisfied_by(user) -> frozenset[str]:
    return frozenset(name for function in _requirements for name in function(user))
