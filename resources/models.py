from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from portal.models import File, Grade, Objective, School, Subject
from portal.models.people import LANGUAGES
from portal.models.vocabulary import Vocabulary
from portal.refs import Ref

from .querysets import MaterialQuerySet


class MaterialType(Vocabulary):
    requires_verified = models.BooleanField(_("for verified teachers only"), default=False)

    # Else materials that were closed would be open to everyone.
    fixed = merged_within = ("requires_verified",)

    class Meta(Vocabulary.Meta):
        verbose_name = _("type of material")
        verbose_name_plural = _("types of material")


class Tag(TagBase):
    """A word in one language; `key` is what two spellings of the same word share."""

    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    key = models.CharField(max_length=60, editable=False)

    source = "tags"
    merged_within = ("language",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="tag_once")]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class Material(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        TRASHED = "trashed", _("in the trash")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("everyone")
        MEMBERS = "members", _("people who are signed in")
        SCHOOL = "school", _("my school")
        ME = "me", _("only me")

    class Licence(models.TextChoices):
        BY = "cc-by", _("Use freely, naming the author (CC BY 4.0)")
        BY_SA = "cc-by-sa", _("Use and change, naming the author; share what you make on the same terms (CC BY-SA 4.0)")
        BY_NC_SA = "cc-by-nc-sa", _("Use and change, but never for money; name the author and share on the same terms (CC BY-NC-SA 4.0)")
        OWN = "own", _("All rights stay with the author")

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="materials", verbose_name=_("author"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    description_html = models.TextField(editable=False, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="kk")
    type = models.ForeignKey(MaterialType, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("type"))
    subjects = models.ManyToManyField(Subject, blank=True, related_name="materials", verbose_name=_("subjects"))
    grades = models.ManyToManyField(Grade, blank=True, related_name="materials", verbose_name=_("grades"))
    objectives = models.ManyToManyField(Objective, blank=True, related_name="materials", verbose_name=_("learning objectives"))
    tags = TaggableManager(through="resources.MaterialTag", blank=True, verbose_name=_("tags"))
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.BY)
    audience = models.CharField(_("who can see it"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="materials", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_reason = models.TextField(blank=True, editable=False)
    thanks_count = models.PositiveIntegerField(default=0, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"]),
            models.Index(fields=["author", "state", "-changed_at"]),
        ]
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def ref(self) -> Ref:
        return Ref("materials", self.pk)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def requires_verified(self) -> bool:
        return bool(self.type_id and self.type.requires_verified)

    @cached_property
    def file_rows(self) -> list["MaterialFile"]:
        return list(self.files.select_related("file"))


class MaterialTag(ItemBase):
    content_object = models.ForeignKey(Material, models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="material_tagged_once")]
        verbose_name = _("tag of a material")
        verbose_name_plural = _("tags of materials")


class MaterialFile(models.Model):
    material = models.ForeignKey(Material, models.CASCADE, related_name="files")
    file = models.OneToOneField(File, models.PROTECT, related_name="material_file")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.file.name


class MaterialLink(models.Model):
    material = models.ForeignKey(Material, models.CASCADE, related_name="links")
    address = models.URLField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.address


class Saved(models.Model):
    """A material that a person keeps for later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_materials")
    material = models.ForeignKey(Material, models.CASCADE, related_name="saves")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "material"], name="saved_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.material}"


class Thanks(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="thanks_given")
    material = models.ForeignKey(Material, models.CASCADE, related_name="thanks")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "material"], name="thanked_once")]
        verbose_name_plural = _("thanks")

    def __str__(self) -> str:
        return f"{self.user} · {self.material}"
