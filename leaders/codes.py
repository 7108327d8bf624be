"""Codes of certificates: twelve letters that nobody guesses and nobody mistakes for each other."""

import secrets

# No I, L, O and U beside 1, 0 and V
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
# What people type for the letter that they see, on a Cyrillic keyboard too
TYPED = str.maketrans("OILАВЕКМНОРСТХУІ", "011ABEKMH0PCTXY1", " -–—·")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


def read_code(text: str) -> str:
    """As it is kept, however it was typed; empty where it can be no code."""
    code = text[: 3 * LENGTH].upper().translate(TYPED)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def spelled(code: str) -> str:
    """As people read it out: four letters at a time."""
    return "-".join(code[first : first + 4] for first in range(0, LENGTH, 4))
