"""What authors are told of their materials."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.models import Notice
from portal.notices import Kind
from portal.notices.own import quoted


def thanked(notice: Notice) -> str:
    title = quoted(notice.data["title"], notice.data["language"])
    if notice.number == 1 and notice.actor:
        return format_html(_("{name} thanks you for “{title}”."), name=notice.actor.get_full_name(), title=title)
    sentence = ngettext("{number} colleague thanks you for “{title}”.", "{number} colleagues thank you for “{title}”.", notice.number)
    return format_html(sentence, number=notice.number, title=title)


def material(notice: Notice) -> str:
    return f"/materials/{notice.object_id}/"


KINDS = [Kind("material-thanks", gettext_lazy("Thanks for my materials"), text=thanked, address=material, group=gettext_lazy("Materials"))]
