from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from .. import actions
from ..models import Banner
from .viewsets import RowViewSet


class BannerViewSet(RowViewSet):
    model = Banner
    icon = "info-circle"
    add_to_admin_menu = True
    menu_label = _("Banners")
    menu_order = 290
    list_display = [
        "text_kk",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("audience", label=_("Who can see it"), accessor="get_audience_display"),
        "opens_at",
        "closes_at",
    ]
    list_filter = ["kind", "audience"]
    form_fields = ["text_kk", "text_ru", "text_en", "link", "kind", "audience", "region", "opens_at", "closes_at"]
    put, remove = staticmethod(actions.put_banner), staticmethod(actions.remove_banner)
