from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, with our own screens in place of those that would add and delete people past our actions."""

    user_viewset = "portal.cms.people.PersonViewSet"
