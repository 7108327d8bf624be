"""The databases that tests stand in."""

from django.db import connection


def database_url() -> str:
    """For processes that a test begins."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}/{known['NAME']}" if known["HOST"] else f"postgres:/{known['NAME']}"
    )
