"""Telling people what concerns them. Each app registers its kinds in `seams.notice_kinds` and calls `tell` from its actions:

seams.notice_kinds.append(Kind("thanks", _("Thanks for my materials"), text=thanks_text, address=thanks_address))
tell([material.author], "thanks", material.ref, actor=user)
"""

from .kinds import Kind, Rhythm, Rhythms, kind_of
from .telling import take_back, tell

__all__ = ["Kind", "Rhythm", "Rhythms", "kind_of", "take_back", "tell"]
