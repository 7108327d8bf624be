"""The code of a learning objective leads to it first, then to its materials."""

import re

import pytest

from portal.demo import make_objective, make_person
from portal.models import Subject
from resources.demo import make_material

pytestmark = pytest.mark.django_db


def test_a_code_leads_to_the_objective_and_its_materials(client):
    objective = make_objective(Subject.objects.get(code="physics"), text_ru="Образец: сила")
    author = make_person()
    told = " ".join([f"ОМ {objective.code}."] * 30)
    make_material(author, title=f"{objective.code} {objective.code}", description=told, objectives=[objective])
    make_material(author, title="7 сабақ, 1 бөлім, 1 апта", description="7 1 1 1")
    for text in (objective.code, objective.code.replace(".", " "), f"ОМ {objective.code}", f"ЦО {objective.code}.", f"LO {objective.code}"):
        page = client.get("/kk/search/", {"q": text}).content.decode()
        found = re.findall(r'<p class="row-title"><a href="([^"?]+)', page)
        assert [address.split("/")[2] for address in found] == ["objectives", "materials"], text
        # The last digit counts no class.
        assert "chip-understood" not in page
