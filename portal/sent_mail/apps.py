from django.apps import AppConfig


class SentMailConfig(AppConfig):
    """Development only: a page that shows every letter the portal would have sent."""

    name = "portal.sent_mail"
    label = "sent_mail"
