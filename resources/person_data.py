"""What resources keeps of a person: her materials with their files, what she saved and thanked for."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.actions import forget_titles
from portal.files import remove_file
from portal.models import File, User
from portal.my_data import PersonData

from . import actions
from .models import Material, Saved, Thanks


def works(user: User) -> dict[str, Any]:
    return {
        "materials": [described(material) for material in Material.objects.filter(author=user).order_by("pk").iterator()],
        "saved": marked(Saved.objects.filter(user=user)),
        "thanked": marked(Thanks.objects.filter(user=user)),
    }


def described(material: Material) -> dict[str, Any]:
    columns = ("pk", "title", "description", "language", "licence", "audience", "state", "created_at", "published_at", "thanks_count")
    return {name: getattr(material, name) for name in columns} | {
        "type": material.type and material.type.code,
        "subjects": [row.code for row in material.subjects.all()],
        "grades": [row.number for row in material.grades.all()],
        "tags": [tag.name for tag in material.tags.all()],
        "links": [link.address for link in material.links.all()],
        "files": [f"files/{material.pk}/{row.file_id} {row.file.name}" for row in material.file_rows],
    }


def marked(found) -> list[dict]:
    return [{"material": row.material_id, "title": row.material.title, "at": row.at} for row in found.select_related("material")]


def files(user: User) -> Iterator[tuple[str, File]]:
    for material in Material.objects.filter(author=user).order_by("pk").iterator():
        for row in material.file_rows:
            yield f"files/{material.pk}", row.file


def forget(user: User, keep: bool) -> None:
    """What colleagues have in use may stay, by nobody; what only she could see never does."""
    for thanks in Thanks.objects.filter(user=user).select_related("material"):
        actions.take_back_thanks(user, thanks.material)
    for saved in Saved.objects.filter(user=user).select_related("material"):
        actions.forget_saved(user, saved.material)
    own = Material.objects.filter(author=user)
    shared = own.shown().exclude(audience=Material.Audience.ME) if keep else own.none()
    staying = set(shared.values_list("pk", flat=True))
    erase(own.exclude(pk__in=staying))
    for material in own.filter(pk__in=staying):
        material.author = None
        material.save(update_fields=["author"])
        actions.refresh_entry(material)


def erase(materials: Iterable[Material]) -> None:
    for material in materials:
        forget_titles(material.ref.source, [material.pk])
        kept = [row.file for row in material.file_rows]
        material.state = Material.State.TRASHED
        material.save(update_fields=["state"])
        actions.refresh_entry(material)
        material.delete()
        for file in kept:
            remove_file(file)


PERSON_DATA = PersonData("resources", export=works, files=files, forget=forget)
