"""What the CMS remarks on while a page is written, and when it is published."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem


class Checks(ContentCheckerItem):
    """Wagtail's own checks, and the words for those who cannot see a picture."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt"]
    axe_messages = ContentCheckerItem.axe_messages | {
        "image-alt": {"error_name": _("A picture has no description"), "help_text": _("Say in words what it shows")}
    }


def add_checks(request, items, page) -> None:
    items[:] = [Checks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


def warn_of_links(request, page) -> None:
    """What is published is published; its editor is told at once which links lead nowhere."""
    broken = list(page.broken_links.all())
    if broken:
        said = ngettext("A link of this page leads nowhere:", "Links of this page lead nowhere:", len(broken))
        messages.warning(request, f"{said} " + "; ".join(f"{link.address} ({link.get_reason_display()})" for link in broken))
