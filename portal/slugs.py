"""Addresses of editorial pages: Latin letters, whatever the title is written in."""

import re

from anyascii import anyascii
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm

LONGEST = 80
# Where anyascii writes a letter of the Kazakh or Russian alphabet otherwise than people type it
LETTERS = str.maketrans({"ң": "n", "щ": "sch", "ъ": "", "ь": "", "ё": "e", "э": "e", "ы": "y", "і": "i"})


def make_slug(title: str) -> str:
    """Cut between words where it is long; a title without a single letter becomes `page`."""
    slug = slugify(anyascii(title.lower().translate(LETTERS)))
    return re.sub(r"-[^-]*$", "", slug[: LONGEST + 1]) if len(slug) > LONGEST else slug or "page"


class SlugForm(WagtailAdminPageForm):
    """An editor who leaves the address empty gets it from the title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self.free_slug(make_slug(self.cleaned_data.get("title", "")))

    def free_slug(self, slug: str) -> str:
        taken = set(self.parent_page.get_children().exclude(pk=self.instance.pk).values_list("slug", flat=True))
        return next(name for name in candidates(slug) if name not in taken)


def candidates(slug: str):
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1
