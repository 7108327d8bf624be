"""What authors are told of their materials."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.models import Notice
from portal.notices import Kind
from portal.notices.own import quoted

from .models import Material


def thanked(notice: Notice) -> str:
    title = quoted(notice.data["title"], notice.data["language"])
    if notice.number == 1 and notice.actor:
        return format_html(_("{name} thanks you for “{title}”."), name=notice.actor.get_full_name(), title=title)
    sentence = ngettext("{number} colleague thanks you for “{title}”.", "{number} colleagues thank you for “{title}”.", notice.number)
    return format_html(sentence, number=notice.number, title=title)


def material(notice: Notice) -> str:
    return f"/materials/{notice.object_id}/"


def visible(user, ids: list[int]) -> set[int]:
    """What lies in the trash is still hers, but no news."""
    kept = Material.objects.visible_to(user).exclude(state=Material.State.TRASHED)
    return set(kept.filter(pk__in=ids).values_list("pk", flat=True))


THANKS = gettext_lazy("Thanks for my materials")
KINDS = [Kind("material-thanks", THANKS, text=thanked, address=material, visible=visible, group=gettext_lazy("Materials"))]
