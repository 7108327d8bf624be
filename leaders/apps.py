from django.apps import AppConfig


class LeadersConfig(AppConfig):
    name = "leaders"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Leaders"

    def ready(self) -> None:
        from . import seams

        seams.register()
