"""What somebody has left behind is shown without her: no page stumbles over a name that is gone."""

import pytest

from portal.actions.my_data import forget_person

from .addresses import ROWS


@pytest.mark.django_db
def test_every_page_is_answered_after_those_it_speaks_of_have_left(world):
    """The material of each thing: `colleague` takes part in groups and courses, `member` applies and complains."""
    addresses = {(row.name, row.thing): row.address(world) for row in ROWS if row.method == "GET"}
    for name in ("colleague", "member"):
        forget_person(world.people[name], keep=True)
    broken = []
    for (name, thing), address in addresses.items():
        for reader in ("owner", "guest"):
            try:
                world.client(reader).get(address)
            except Exception as stumble:  # noqa: BLE001 - the client raises what a server would answer with 500
                broken.append(f"{name} {thing} as {reader}: {stumble!r}")
    assert not broken, "\n".join(broken)
