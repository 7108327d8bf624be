"""What members write: Markdown, with people and things of the portal drawn when it is read.

A link to a page of the portal is kept as `<a data-ref="materials:7">`: whoever reads sees the title of what she may see, and a bare link
of what she may not.
"""

import re
from dataclasses import dataclass

from portal import text as portal_text
from portal.refs import Ref

REF = re.compile(r'data-ref="([a-z]+:\d+)"')


@dataclass(frozen=True)
class Rendered:
    html: str

    @property
    def refs(self) -> list[Ref]:
        return [Ref.parse(found) for found in dict.fromkeys(REF.findall(self.html))]

    @property
    def mentioned(self) -> list[int]:
        return [ref.id for ref in self.refs if ref.source == "people"]


def render(written: str) -> Rendered:
    return Rendered(portal_text.render(written))
