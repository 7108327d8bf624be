"""Addresses of editorial pages: Latin letters, whatever the title is written in."""

import re
from itertools import count

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput

from .alphabet import KAZAKH

LONGEST = 80
# Where anyascii writes a letter of the Kazakh or Russian alphabet otherwise than people type it
LETTERS = str.maketrans({"ң": "n", "щ": "sch", "ъ": "", "ь": "", "ё": "e"})


def latin(text: str) -> str:
    return anyascii(text.lower().translate(LETTERS))


def make_slug(title: str) -> str:
    """A long one is cut between words; a title without a single letter becomes `page`."""
    slug = slugify(latin(title))
    return re.sub(r"-[^-]*$", "", slug[: LONGEST + 1]) if len(slug) > LONGEST else slug or "page"


def free_slug(title: str, parent, page) -> str:
    """The slug of a title, numbered where a sister page has it already."""
    slug = make_slug(title)
    taken = set(parent.get_children().exclude(pk=page.pk).filter(slug__startswith=slug).values_list("slug", flat=True))
    return slug if slug not in taken else next(name for number in count(2) if (name := f"{slug}-{number}") not in taken)


def formatters() -> list[tuple[str, str]]:
    """The same letters for the field that follows the title while an editor types."""
    return [(f"[{letter}{letter.upper()}]", latin(letter)) for letter in KAZAKH]


class SlugForm(WagtailAdminPageForm):
    """An editor who leaves the address empty gets it from the title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].widget = SlugInput(formatters=formatters())

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or free_slug(self.cleaned_data.get("title", ""), self.parent_page, self.instance)
