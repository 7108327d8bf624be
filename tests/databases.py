"""The database that a test stands in, for processes that it begins."""

from django.db import connection


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}/{known['NAME']}" if known["HOST"] else f"postgres:/{known['NAME']}"
    )
