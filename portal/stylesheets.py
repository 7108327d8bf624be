"""The stylesheets: separate files where people work on them, one file where people read."""

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEETS = [
    f"portal/css/{name}.css"
    for name in (
        "tokens base layout header footer button field combobox chip card row tabs table pagination disclosure "
        "notice banner empty dialog menu avatar progress file breadcrumb facts facets group meeting road "
        "text post composer chart pages pages-editorial"
    ).split()
]
BUNDLE = "portal/css/site.css"


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Joins the stylesheets while static files are collected: one request instead of many on a weak link."""

    bundle = BUNDLE

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            joined = b"\n".join(self.open(name).read() for name in STYLESHEETS)
            self.delete(self.bundle)
            self.save(self.bundle, ContentFile(joined))
            paths[self.bundle] = (self, self.bundle)
        yield from super().post_process(paths, dry_run, **options)
