"""Files of members: what is taken, how it is kept, read and given out. Apps to the right need only these names."""

from .facts import guess_facts
from .kinds import ACCEPT, FileRefused, recognise
from .respond import respond, respond_archive, respond_preview
from .store import remove_file, store

__all__ = ["ACCEPT", "FileRefused", "guess_facts", "recognise", "remove_file", "respond", "respond_archive", "respond_preview", "store"]
