"""What a person types is kept as she types, and goes into the post when it is sent."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from portal.files import remove_file
from portal.models import File, User

from ..models import Draft, DraftFile, Group, Post, PostFile, Topic

Place = Group | Topic | Post
FILES_AT_MOST = 10
TOO_MANY = ngettext_lazy("A post holds at most %(number)d file.", "A post holds at most %(number)d files.", "number")


def of_place(place: Place) -> dict:
    """A new topic of a group, an answer in a topic, another wording of a post."""
    return {type(place)._meta.model_name: place}


@transaction.atomic
def keep_draft(user: User, place: Place, *, key: UUID | None = None, **typed) -> Draft:
    """`typed` are fields of the draft; the key of one that is there already stays."""
    typed["changed_at"] = timezone.now()
    made = {**typed, "key": key or uuid4()}
    return Draft.objects.update_or_create(user=user, **of_place(place), defaults=typed, create_defaults=made)[0]


def is_sent(user: User, key: UUID | None, text: str) -> bool:
    """What was on its way to the draft while the form was sent comes too late: it stands in the post, or the post begins with it."""
    sent = Post.objects.filter(author=user, key=key).values_list("text", flat=True).first() if key else None
    return sent is not None and sent.startswith(text.replace("\r\n", "\n").strip())


@transaction.atomic
def forget_draft(user: User, place: Place) -> None:
    for draft in Draft.objects.filter(user=user, **of_place(place)):
        for row in draft.files.select_related("file"):
            detach(row)
        draft.delete()


@transaction.atomic
def attach(user: User, place: Place, file: File, *, key: UUID | None = None) -> DraftFile:
    draft = keep_draft(user, place, key=key)
    number = draft.files.count()
    if number >= FILES_AT_MOST:
        raise ValidationError(TOO_MANY % {"number": FILES_AT_MOST})
    return DraftFile.objects.create(draft=draft, file=file, position=number)


@transaction.atomic
def detach(row: DraftFile) -> None:
    file = row.file
    row.delete()
    remove_file(file)


def send_draft(user: User, place: Place, post: Post) -> None:
    """Its files are the post's from now on; the words have become those of the post."""
    for draft in Draft.objects.filter(user=user, **of_place(place)):
        files = list(draft.files.all())
        draft.files.all().delete()
        PostFile.objects.bulk_create(PostFile(post=post, file_id=row.file_id, position=row.position) for row in files)
        draft.delete()
