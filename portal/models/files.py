import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def blob_path(file: "File", name: str) -> str:
    """Where a file's bytes are kept: never under the name that a member gave it."""
    return f"files/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


def preview_path(file: "File", name: str) -> str:
    return f"previews/{timezone.now():%Y/%m}/{uuid.uuid4().hex}.webp"


class File(models.Model):
    """The bytes of one upload and what was read from them. It belongs to exactly one owner row, such as a MaterialFile."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        SLIDES = "slides", _("presentation")
        SHEET = "sheet", _("spreadsheet")
        PDF = "pdf", _("PDF")
        IMAGE = "image", _("picture")
        VIDEO = "video", _("video")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        UNREADABLE = "unreadable", _("its text could not be read")

    class Reason(models.TextChoices):
        NONE = "", ""
        ENCRYPTED = "encrypted", _("The file is protected with a password, so its words cannot be searched.")
        DAMAGED = "damaged", _("The file seems to be damaged, so its words cannot be searched.")
        TOO_COMPLEX = "too-complex", _("The file takes too long to read, so its words cannot be searched.")

    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=Kind)
    type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64, db_index=True)
    blob = models.FileField(upload_to=blob_path)
    preview = models.ImageField(upload_to=preview_path, blank=True, width_field="preview_width", height_field="preview_height")
    preview_width = models.PositiveIntegerField(null=True, editable=False)
    preview_height = models.PositiveIntegerField(null=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    pages = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=2, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class FilePage(models.Model):
    """The words of one page, slide or sheet."""

    file = models.ForeignKey(File, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_page_once")]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.number}"


class Upload(models.Model):
    """A file on its way in, piece by piece: a broken connection goes on where it stopped.

    What has come stands in a file of its own; once all of it was taken in, `next` says where its owner goes on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    target = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    next = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
