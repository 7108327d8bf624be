import pytest
from django.db import connection

from leaders.checking import unexplained_states


@pytest.fixture(autouse=True)
def states_come_from_acts(request):
    """Whatever a test of this room does: each row is left in the state in which its last act left it."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        yield
        assert connection.needs_rollback or list(unexplained_states()) == []
    else:
        yield
