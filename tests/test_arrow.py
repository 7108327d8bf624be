"""search ← portal ← community ← resources ← leaders: an app names only what stands to its left."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ["search", "portal", "community", "resources", "leaders"]
# Both may name everyone, because they put the portal together.
COMPOSITION_ROOT = ("portal/settings/", "portal/urls.py")
# "portal.User", "resources.urls", "resources/row.html"
NAME = re.compile(rf"({'|'.join(ROOMS)})([./]\w[\w./-]*)?")
TEMPLATE_TAG = re.compile(r"""{%\s*(?:include|extends|static)\s+["']([^"']+)""")


def offences(room: str, source: str) -> list[tuple[int, str]]:
    """Lines of a module of `room` which name a room further right, with the name."""
    allowed = ROOMS[: ROOMS.index(room) + 1]
    named = {(line, name) for node in ast.walk(ast.parse(source)) for line, name in names(node)}
    return sorted((line, name) for line, name in named if re.split("[./]", name)[0] not in allowed)


def names(node: ast.AST) -> Iterator[tuple[int, str]]:
    found = []
    if isinstance(node, ast.Import):
        found = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and not node.level:
        found = [node.module]
    elif isinstance(node, ast.Call) and called(node) in ("import_module", "find_spec", "get_model", "get_app_config", "include"):
        found = [text(argument) for argument in node.args[:1]]
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        # A migration depends on ("portal", "0001_initial").
        found = [text(node.elts[0])] if all(map(text, node.elts)) and re.match(r"\d{4}_|__first__", text(node.elts[1])) else []
    elif isinstance(node, ast.Constant) and (whole := NAME.fullmatch(text(node))) and whole[2]:
        found = [whole[0]]
    return ((node.lineno, name) for name in found if NAME.fullmatch(name))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("room", ROOMS)
def test_modules_name_only_what_stands_to_the_left(room):
    found = []
    for path in sorted((ROOT / room).rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(COMPOSITION_ROOT):
            found += [f"{place}:{line} names {name}" for line, name in offences(room, path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_templates_name_only_what_stands_to_the_left(room):
    further = tuple(f"{other}/" for other in ROOMS[ROOMS.index(room) + 1 :])
    found = []
    for path in sorted((ROOT / room).rglob("*.html")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found += [f"{path.relative_to(ROOT)}:{number} names {name}" for name in TEMPLATE_TAG.findall(line) if name.startswith(further)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "import resources",
        "import resources.models as things",
        "from resources import models",
        "def later():\n    from resources.models import Material",
        "owner = models.ForeignKey('resources.Material', models.CASCADE)",
        "Material = apps.get_model('resources', 'Material')",
        "module = import_module('leaders')",
        "urlpatterns = [path('', include('resources.urls'))]",
        "dependencies = [('portal', '0001_initial'), ('resources', '0001_initial')]",
        "return render(request, 'resources/material.html')",
    ],
)
def test_every_way_of_naming_is_seen(line):
    assert [name.split(".")[0].split("/")[0] for _line, name in offences("portal", line)] in (["resources"], ["leaders"])


@pytest.mark.parametrize(
    "line", ["from search import find", "from .models import User", "import portal", "owner = ForeignKey('portal.User')"]
)
def test_what_stands_to_the_left_may_be_named(line):
    assert offences("portal", line) == []
