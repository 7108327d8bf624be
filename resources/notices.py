"""What authors are told of their materials."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import seams
from portal.models import Notice
from portal.notices import Kind, Rhythm
from portal.notices.own import quoted

from .models import Material

GROUP = gettext_lazy("Materials")


def register() -> None:
    hidden = {"rhythm": Rhythm.AT_ONCE, "group": GROUP}
    seams.notice_kinds.extend(
        [
            Kind("material-thanks", gettext_lazy("Thanks for my materials"), thanked, address, group=GROUP),
            Kind("material-hidden", gettext_lazy("My material is hidden"), hidden_for, address, **hidden),
            Kind("material-shown", gettext_lazy("My material is shown again"), shown_again, address, **hidden),
        ]
    )


def about(material: Material, **more) -> dict:
    """What the texts need, as it is at this moment."""
    return {"title": str(material), "language": material.language, **more}


def address(notice: Notice) -> str:
    return f"/materials/{notice.object_id}/"


def title(notice: Notice) -> str:
    return quoted(notice.data["title"], notice.data["language"])


def thanked(notice: Notice) -> str:
    if notice.number == 1 and notice.actor:
        return format_html(_("{name} thanks you for “{title}”."), name=notice.actor.get_full_name(), title=title(notice))
    sentence = ngettext("{number} colleague thanks you for “{title}”.", "{number} colleagues thank you for “{title}”.", notice.number)
    return format_html(sentence, number=notice.number, title=title(notice))


def hidden_for(notice: Notice) -> str:
    return format_html(_("“{title}” is hidden. The reason: {reason}"), title=title(notice), reason=quoted(notice.data["reason"]))


def shown_again(notice: Notice) -> str:
    return format_html(_("“{title}” is shown again."), title=title(notice))
