from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel


class OwnSettingsView(AccountView):
    """Wagtail's settings of the person who works in the CMS, without the first and last name that our people do not have."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]


own_settings = require_admin_access(OwnSettingsView.as_view())
