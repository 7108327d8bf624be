"""What teachers do with materials. Every write goes through here: permission, transaction, act, entry."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import text
from portal.actions import put_back, record, take_down
from portal.files import remove_file
from portal.models import Case, File, Merged, School
from portal.notices import take_back, tell
from portal.refs import Ref
from search.analysis import fold
from search.entries import put_entry, remove_entry, withdraw

from .guessing import fill_empty_fields
from .models import Material, MaterialFile, MaterialLink, Saved, Tag, Thanks
from .search import material_entry


class ChangedMeanwhile(Exception):
    """The material was changed elsewhere since the form was opened."""


def permit(user, material: Material) -> None:
    if not Material.objects.editable_by(user).filter(pk=material.pk).exists():
        raise PermissionDenied


@transaction.atomic
def start_material(user, *, language: str) -> Material:
    """A private draft; everything else follows."""
    return Material.objects.create(author=user, language=language, school=school_of(user))


def school_of(user) -> School | None:
    return user.main_position.school if user.main_position else None


@transaction.atomic
def add_file(user, material: Material, file: File) -> MaterialFile:
    permit(user, material)
    # The worker may have read the file before it had an owner; the lock leaves no moment in which neither side sees the other.
    file = File.objects.select_for_update().get(pk=file.pk)
    row, made = MaterialFile.objects.get_or_create(file=file, defaults={"material": material, "position": material.files.count()})
    if made:
        touch(material)
    if file.state != File.State.WAITING:
        take_in_file(file)
    return row


@transaction.atomic
def remove_material_file(user, row: MaterialFile) -> None:
    permit(user, row.material)
    row.delete()
    keep_finished(row.material)
    remove_file(row.file)
    touch(row.material)
    refresh_entry(row.material)


@transaction.atomic
def add_link(user, material: Material, address: str, *, title: str = "") -> MaterialLink:
    permit(user, material)
    hold(material)
    defaults = {"title": title, "position": material.links.count()}
    link, made = MaterialLink.objects.get_or_create(material=material, address=address, defaults=defaults)
    if made:
        touch(material)
        refresh_entry(material)
    return link


@transaction.atomic
def remove_link(user, link: MaterialLink) -> None:
    permit(user, link.material)
    link.delete()
    keep_finished(link.material)
    touch(link.material)
    refresh_entry(link.material)


@transaction.atomic
def change_material(user, material: Material, *, revision: int, subjects, grades, objectives, tags: list[str], **fields) -> Material:
    """Save what the form holds, opened at `revision`; one that is no longer the newest changes nothing and raises ChangedMeanwhile,
    unless all of it is saved already, by the first press of a double click.

    What others use already keeps all that publishing asks for; otherwise nothing changes and ValidationError says what is missing.
    """
    permit(user, material)
    taken = Material.objects.filter(pk=material.pk, revision=revision).update(revision=F("revision") + 1)
    stored = Material.objects.select_related("type").get(pk=material.pk)
    if not taken:
        if says(stored, fields, subjects, grades, objectives, tags):
            return stored
        raise ChangedMeanwhile
    narrowed = is_narrowed(stored, fields)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.description_html = text.render(stored.description)
    stored.changed_at = timezone.now()
    if narrowed or not stored.is_published:
        stored.school = school_of(user) or stored.school
    stored.save()
    stored.subjects.set(subjects)
    stored.grades.set(grades)
    stored.objectives.set(objectives)
    set_tags(stored, tags)
    keep_finished(stored)
    if stored.is_published and narrowed:
        withdraw("materials", stored.pk)
    refresh_entry(stored)
    return stored


def says(stored: Material, fields: dict, subjects, grades, objectives, tags: list[str]) -> bool:
    """Whether all of this stands in the row already."""
    same = all(getattr(stored, name) == value for name, value in fields.items())
    chosen = {"subjects": subjects, "grades": grades, "objectives": objectives}
    same = same and all(set(getattr(stored, name).all()) == set(rows) for name, rows in chosen.items())
    return same and set(stored.tags.values_list("key", flat=True)) == set(tags_by_key(tags, stored.language))


def is_narrowed(stored: Material, fields: dict) -> bool:
    new_type = fields.get("type", stored.type)
    stricter = bool(new_type and new_type.requires_verified) and not stored.requires_verified
    return stricter or fields.get("audience", stored.audience) != stored.audience


def set_tags(material: Material, names: list[str]) -> None:
    """Tags in the material's own language; two spellings with the same folded key are one tag."""
    wanted = tags_by_key(names, material.language)
    # In one order for everybody, so that two who save the same new tags do not wait for each other.
    material.tags.set([put_tag(material.language, **wanted[key]) for key in sorted(wanted)])


def tags_by_key(names: list[str], language: str) -> dict[str, dict[str, str]]:
    wanted = {}
    for fields in (tag_fields(name, language) for name in names):
        if fields["key"]:
            wanted.setdefault(fields["key"], fields)
    return wanted


def put_tag(language: str, *, key: str, **fields) -> Tag:
    """The tag of this key, or the one it went into; a new one where there is neither."""
    known = Tag.objects.filter(language=language, key=key).first()
    merged = {} if known else Merged.objects.rows_by_code(Tag, [fields["slug"]])
    return known or merged.get(fields["slug"]) or Tag.objects.get_or_create(language=language, key=key, defaults=fields)[0]


def tag_fields(name: str, language: str) -> dict[str, str]:
    name = " ".join(name.split())[:60]
    key = fold(name.lower())[:60]
    return {"name": name, "key": key, "slug": f"{language}-{key}"}


@transaction.atomic
def rename_tag(tag: Tag, name: str, *, actor) -> None:
    """For every material that carries it."""
    before, fields = tag.name, tag_fields(name, tag.language)
    if Tag.objects.filter(language=tag.language, key=fields["key"]).exclude(pk=tag.pk).exists():
        raise ValidationError(_("This tag exists already."))
    for field, value in fields.items():
        setattr(tag, field, value)
    tag.save()
    record(actor, "rename", Ref("tags", tag.pk), before={"name": before}, after={"name": tag.name})
    for row in tag.tagged_items.select_related("content_object"):
        refresh_entry(row.content_object)


@transaction.atomic
def remove_tag(tag: Tag, *, actor) -> None:
    """Off every material that carries it."""
    materials = [row.content_object for row in tag.tagged_items.select_related("content_object")]
    record(actor, "remove", Ref("tags", tag.pk), before={"name": tag.name, "materials": [material.pk for material in materials]})
    tag.delete()
    for material in materials:
        refresh_entry(material)


def touch(material: Material) -> None:
    material.changed_at = timezone.now()
    material.save(update_fields=["changed_at"])


def missing_for_publishing(material: Material) -> dict[str, str]:
    """Field → what has to be done before others can use the material."""
    missing = {}
    if not material.title.strip():
        missing["title"] = _("Give the material a title.")
    if not material.type_id:
        missing["type"] = _("Choose what kind of material it is.")
    if not material.subjects.exists():
        missing["subjects"] = _("Choose at least one subject.")
    if not material.files.exists() and not material.links.exists() and not material.description.strip():
        missing[""] = _("Add a file, a link or a description: there is nothing to share yet.")
    if material.audience == Material.Audience.SCHOOL and not material.school_id:
        missing["audience"] = _("Choose your school in your profile first.")
    return missing


def keep_finished(material: Material) -> None:
    """What others use already keeps all that publishing asks for."""
    if material.is_published:
        refuse_unfinished(material)


def refuse_unfinished(material: Material) -> None:
    if missing := missing_for_publishing(material):
        raise ValidationError({field or "__all__": [text] for field, text in missing.items()})


@transaction.atomic
def publish_material(user, material: Material) -> Material:
    permit(user, material)
    if material.is_published:
        return material
    # Whoever began the draft may have moved to another school since.
    material.school = school_of(user) or material.school
    refuse_unfinished(material)
    before = material.state
    material.state = Material.State.PUBLISHED
    material.published_at = material.published_at or timezone.now()
    material.save(update_fields=["state", "school", "published_at"])
    record(user, "publish", material.ref, before={"state": before}, after={"state": material.state})
    refresh_entry(material)
    return material


@transaction.atomic
def unpublish_material(user, material: Material) -> Material:
    """Back to a private draft."""
    permit(user, material)
    return move(user, material, [Material.State.PUBLISHED], Material.State.DRAFT, "unpublish")


@transaction.atomic
def trash_material(user, material: Material) -> Material:
    permit(user, material)
    return move(user, material, [Material.State.DRAFT, Material.State.PUBLISHED], Material.State.TRASHED, "trash")


@transaction.atomic
def restore_material(user, material: Material) -> Material:
    """Out of the trash it comes back as a draft, so that nothing is public by surprise."""
    permit(user, material)
    return move(user, material, [Material.State.TRASHED], Material.State.DRAFT, "restore")


def move(user, material: Material, before: list[str], state: str, verb: str) -> Material:
    """Only from the states `before`: a window that was left open knows an older one, and its button does nothing."""
    stood = material.state
    if Material.objects.filter(pk=material.pk, state__in=before).update(state=state):
        material.state = state
        record(user, verb, material.ref, before={"state": stood}, after={"state": state})
        refresh_entry(material)
    return material


def hide_material(actor, material: Material, *, reason: str, decision: str = Case.Decision.RULES) -> None:
    """A caretaker takes a material out of sight; its author reads why, may appeal, and keeps everything."""
    take_down(actor, material.ref, decision=decision, note=reason)


def show_material(actor, material: Material) -> None:
    put_back(actor, material.ref)


@transaction.atomic
def hide(actor, pk: int, reason: str) -> None:
    """What follows from a decision of those responsible."""
    material = Material.objects.get(pk=pk)
    material.hidden_at, material.hidden_reason = timezone.now(), reason
    material.save(update_fields=["hidden_at", "hidden_reason"])
    record(actor, "hide", material.ref, reason=reason)
    refresh_entry(material)


@transaction.atomic
def show(actor, pk: int) -> None:
    material = Material.objects.get(pk=pk)
    material.hidden_at, material.hidden_reason = None, ""
    material.save(update_fields=["hidden_at", "hidden_reason"])
    record(actor, "show", material.ref)
    refresh_entry(material)


@transaction.atomic
def save_for_later(user, material: Material) -> None:
    hold(material)
    _row, made = Saved.objects.get_or_create(user=user, material=material)
    if made:
        refresh_entry(material)


@transaction.atomic
def forget_saved(user, material: Material) -> None:
    hold(material)
    Saved.objects.filter(user=user, material=material).delete()
    refresh_entry(material)


@transaction.atomic
def thank(user, material: Material) -> None:
    """Once a person, never for one's own work."""
    if material.author_id == user.pk:
        raise PermissionDenied
    hold(material)
    _row, made = Thanks.objects.get_or_create(user=user, material=material)
    recount_thanks(material)
    if made:
        record(user, "thank", material.ref)
        tell([material.author], "material-thanks", material.ref, actor=user, data={"title": str(material), "language": material.language})


@transaction.atomic
def take_back_thanks(user, material: Material) -> None:
    hold(material)
    for thanks in Thanks.objects.filter(user=user, material=material):
        take_back(user, "material-thanks", material.ref, since=thanks.at)
        thanks.delete()
    recount_thanks(material)


def hold(material: Material) -> None:
    """The first statement of a count: whoever counts the same material at the same moment waits."""
    Material.objects.filter(pk=material.pk).update(thanks_count=F("thanks_count"))


def recount_thanks(material: Material) -> None:
    material.thanks_count = material.thanks.count()
    material.save(update_fields=["thanks_count"])
    refresh_entry(material)


@transaction.atomic
def take_in_file(file: File) -> None:
    """A file was read: what it says fills empty fields of a draft, and its words can be found."""
    # Locked, so that a title which is saved at this moment is not taken for an empty one.
    rows = MaterialFile.objects.select_related("material").select_for_update(of=["material"])
    row = rows.filter(file=file).first()
    if row:
        if row.material.state == Material.State.DRAFT:
            fill_empty_fields(row.material, file)
        refresh_entry(row.material)


def refresh_entries(ids: Iterable[int]) -> None:
    for material in Material.objects.filter(pk__in=ids).iterator():
        refresh_entry(material)


def refresh_entry(material: Material) -> None:
    """What search knows of a material follows what stands in its row."""
    shown = Material.objects.shown().exclude(audience=Material.Audience.ME).with_entry_data().filter(pk=material.pk).first()
    if shown:
        put_entry(material_entry(shown))
    else:
        remove_entry("materials", material.pk)
