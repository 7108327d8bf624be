"""Builders of materials for the demo and for tests, and the demo's own library. They call actions."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from tqdm import tqdm

from portal.actions import complain, decide_case, save_search
from portal.demo import lines_of_people
from portal.files import store
from portal.models import Case, Complaint, Grade, Objective, Subject, User

from . import actions
from .demo_files import FileSpec, build_file
from .models import Material, MaterialType

CONTENT = Path(__file__).parent / "demo_content"


def make_material(
    author: User,
    *,
    title: str = "Бөлшектерді салыстыру",
    description: str = "Бөлшектерді салыстыруға арналған тапсырмалар.",
    language: str = "kk",
    type: str = "lesson-plan",
    subjects=("mathematics",),
    grades=(5,),
    tags=(),
    objectives=(),
    files=(),
    links=(),
    published: bool = True,
    **fields,
) -> Material:
    """`files` are pairs (name, bytes), `links` pairs (address, title). Published unless told otherwise."""
    material = actions.start_material(author, language=language)
    for name, content in files:
        actions.add_file(author, material, store(ContentFile(content, name=name), name=name, user=author))
    for address, link_title in links:
        actions.add_link(author, material, address, title=link_title)
    material = actions.change_material(
        author,
        material,
        revision=material.revision,
        title=title,
        description=description,
        language=language,
        type=MaterialType.objects.get(code=type),
        subjects=Subject.objects.filter(code__in=subjects),
        grades=Grade.objects.filter(pk__in=grades),
        objectives=Objective.objects.filter(pk__in=[objective.pk for objective in objectives]),
        tags=list(tags),
        **fields,
    )
    return actions.publish_material(author, material) if published else material


def demo() -> None:
    """The library of the demo; a material that stands already (by author and title) is left alone."""
    authors = people()
    lines = [line for file in sorted((CONTENT / "materials").glob("*.toml")) for line in tomllib.loads(file.read_text("utf-8"))["material"]]
    known = set(Material.objects.values_list("author__email_key", "title"))
    missing = [line for line in lines if (authors[line["author"]].email_key, line["title"]) not in known]
    for number, line in enumerate(tqdm(missing, desc="materials", disable=not missing)):
        material = make_demo_material(authors[line["author"]], line)
        if material.is_published:
            backdate(material, days=1 + number * 37 % 67)
    if missing:
        give_thanks(list(authors.values()))
    if not Case.objects.exists():
        make_reports(authors)


def people() -> dict[str, User]:
    users = {user.email_key: user for user in User.objects.all()}
    return {line["key"]: users[line["email"]] for line in lines_of_people()}


def make_demo_material(author: User, line: dict) -> Material:
    told = {"title": line["title"], "language": line["language"], "author": author.get_full_name()}
    files = [build_file(FileSpec(**file, **told)) for file in line.get("files", [])]
    return make_material(
        author,
        files=files,
        links=[(link["url"], link["title"]) for link in line.get("links", [])],
        published=not line.get("draft"),
        **{
            name: line[name]
            for name in ("title", "description", "language", "type", "subjects", "grades", "tags", "licence", "audience")
            if name in line
        },
    )


def backdate(material: Material, *, days: int) -> None:
    """A library does not appear in one minute: the demo spreads it over the last weeks."""
    Material.objects.filter(pk=material.pk).update(published_at=timezone.now() - timedelta(days=days))
    actions.refresh_entry(Material.objects.get(pk=material.pk))


def give_thanks(users: list[User]) -> None:
    for number, material in enumerate(Material.objects.shown().order_by("pk")):
        for user in users[: number * 7 % 6]:
            if user.pk != material.author_id:
                actions.thank(user, material)


def make_reports(people: dict[str, User]) -> None:
    """One report waits, one is decided, and the teacher is told of new materials about fractions."""
    reader, administrator = people["village"], people["administrator"]
    theirs = (
        Material.objects.shown()
        .filter(audience=Material.Audience.PUBLIC, language="kk")
        .exclude(author__in=[reader, administrator])
        .order_by("pk")
    )
    first, second = theirs[:2]
    complain(reader, first.ref, reason=Complaint.Reason.MISTAKE, text="3-тапсырманың жауабы дұрыс емес сияқты, тексеріп көріңізші.")
    complained = complain(reader, second.ref, reason=Complaint.Reason.RIGHTS, text="Бұл тапсырманы оқулықтан көрген сияқтымын.")
    note = "Оқулықтағы тапсырманың нөмірі көрсетілген, бұл дәйексөз келтіру ережесіне сай."
    decide_case(administrator, complained.case, decision=Case.Decision.NO_BREACH, note=note)
    save_search(people["teacher"], name="Бөлшектер", text="бөлшек", source="materials")
