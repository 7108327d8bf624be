"""The order of the Kazakh alphabet, computed in Python so that every database sorts names alike."""

from string import digits

KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(" " + digits + KAZAKH + LATIN)}


def sort_key(text: str, *, length: int = 100) -> str:
    """Two digits a letter; what is neither letter nor digit counts as one space. Cut after `length` letters."""
    words = "".join(letter if letter in RANK else " " for letter in text.lower()).split()
    return "".join(RANK[letter] for letter in " ".join(words)[:length])
