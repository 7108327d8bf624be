from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from ..actions.schools import set_networks
from ..alphabet import sort_key
from ..models import District, Network, Region, School, SchoolNetwork, SchoolType
from .columns import Column, Flag, Reference, References, by_any_name, unknown
from .importer import Importer, Row

region_of = attrgetter("region_id")


class DistrictColumn(Column):
    """Districts of several regions have one name: it is looked up when the region is known."""

    def learn(self) -> None:
        districts = list(District.objects.all())
        self.codes = {district.pk: district.code for district in districts}
        self.known = {region: by_any_name(some) for region, some in groupby(sorted(districts, key=region_of), region_of)}

    def within(self, region: int | None, text: str) -> int | None:
        return self.known.get(region, {}).get(text.casefold())

    def show(self, value) -> str:
        return self.codes.get(value, "")


class SchoolImporter(Importer):
    """A district is looked for within its region. What a file does not speak of, such as the state, stays."""

    model = School
    derived = ("sort_key",)
    columns = (
        Column("code", required=True),
        Column("name_kk", required=True),
        Column("name_ru"),
        Column("name_en"),
        Reference("region", model=Region, required=True),
        DistrictColumn("district", "district_id"),
        Column("locality"),
        Reference("type", model=SchoolType),
        References("networks", model=Network),
        Flag("sample", "is_sample"),
    )

    def stored_rows(self) -> Iterator[dict[str, Any]]:
        networks: dict[int, set[int]] = {}
        for school, network in SchoolNetwork.objects.filter(until=None).values_list("school", "network"):
            networks.setdefault(school, set()).add(network)
        for values in super().stored_rows():
            yield values | {"networks": frozenset(networks.get(values["id"], ()))}

    def faults(self, values: dict[str, Any], texts: dict[str, str]) -> list[str]:
        found = []
        if "district_id" in values:
            column = next(column for column in self.columns if column.name == "district")
            values["district_id"] = column.within(values.get("region_id"), texts["district"])
            if texts["district"] and "region_id" in values and not values["district_id"]:
                found.append(unknown("district", texts["district"]))
        return found + super().faults(values, texts)

    def instance(self, row: Row) -> School:
        school = super().instance(row)
        school.sort_key = sort_key(school.name_kk)
        return school

    def write_batch(self, rows: list[Row]) -> list[int]:
        written = super().write_batch(rows)
        set_networks({pk: row.values["networks"] for pk, row in zip(written, rows, strict=True) if "networks" in row.values})
        return written

    def scope(self, values: dict[str, Any]) -> int:
        return values["region_id"]

    def is_listed(self, values: dict[str, Any]) -> bool:
        return values["state"] == School.State.LISTED
