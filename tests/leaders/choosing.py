"""A cohort with its team and an applicant, for tests of the selection."""

from dataclasses import dataclass, field

from django.test import Client

from leaders.demo import make_cohort, make_cohort_role
from leaders.models import Cohort
from portal.demo import make_person, make_school
from portal.models import User


@dataclass
class Selection:
    """`manager`, three examiners `first`, `second`, `third` of other schools, an `observer`, and the `applicant`."""

    cohort: Cohort
    people: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, name: str) -> Client:
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.people[name])
        return self.clients[name]

    def get(self, name: str, address: str, **more):
        return self.client(name).get(f"/kk/leaders/{address}", **more)

    def post(self, name: str, address: str, data: dict | None = None, **more):
        return self.client(name).post(f"/kk/leaders/{address}", data or {}, **more)


def make_selection(**fields) -> Selection:
    other = make_school("test-2", name="№ 2 мектеп")
    people = {name: make_person(f"{name}@example.org", school=other) for name in ("manager", "first", "second", "third", "observer")}
    people["applicant"] = make_person("applicant@example.org", school=make_school(), family_name="Серікова", given_name="Айгүл")
    cohort = make_cohort(**fields)
    make_cohort_role(cohort, people["manager"])
    for name in ("first", "second", "third"):
        make_cohort_role(cohort, people[name], "examiner")
    make_cohort_role(cohort, people["observer"], "observer")
    return Selection(cohort, people)
