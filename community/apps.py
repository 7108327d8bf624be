from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Community"

    def ready(self) -> None:
        from . import seams

        seams.register()
