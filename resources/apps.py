from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Resources"

    def ready(self) -> None:
        from . import seams

        seams.register()
