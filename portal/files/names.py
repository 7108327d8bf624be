"""File names as members write them, made safe to show and to save."""

import re
import unicodedata

LONGEST = 100
# Letters that no file system or no header takes, and the two that separate folders.
FORBIDDEN = re.compile(r'[<>:"|?*/\\\s]+')
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean_name(name: str, ending: str) -> str:
    """`name` without folders, unseen characters and its own ending, cut to a length every system takes, with the true `ending`."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(letter for letter in name if letter.isspace() or unicodedata.category(letter) not in UNSEEN)
    stem = strip_ending(FORBIDDEN.sub(" ", name).strip(" .-"))
    return f"{stem[:LONGEST].strip(' .') or 'file'}.{ending}"


def strip_ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem.rstrip(" .") if dot and stem and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending) else name
