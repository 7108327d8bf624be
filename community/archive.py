"""A group in one file that is read without the portal: a page for each topic, the same as data, and the files.

Everything goes straight to the disk, a post at a time: twenty thousand of them do not fit into memory.
"""

import json
import tempfile
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from shutil import copyfileobj
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files import File as Content
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from portal.notices import tell

from . import actions
from .models import Group, GroupExport, Post, PostFile, Topic
from .notices import named

AT_ONCE = 200
STYLES = ("tokens.css", "base.css")


@task()
def pack_group(export_id: int) -> None:
    export = GroupExport.objects.select_related("group", "user").filter(pk=export_id, ready_at=None).first()
    if not export:
        return
    with tempfile.TemporaryFile() as archive, override(export.user.interface_language):
        pack(export.group, archive)
        archive.seek(0)
        with transaction.atomic():
            export.archive.save(f"{uuid.uuid4().hex}.zip", Content(archive), save=False)
            export.ready_at = timezone.now()
            export.save(update_fields=["archive", "ready_at"])
            tell([export.user], "group-export-ready", export.group.ref, data=named(export.group))


def pack(group: Group, archive) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        write(packed, "index.html", index_page(group))
        for topic in topics_of(group):
            write(packed, f"topics/{topic.pk}.html", topic_page(topic))
        write(packed, "group.json", as_data(group))
        for name in STYLES:
            packed.write(finders.find(f"portal/css/{name}"), f"style/{name}")
        for row in files_of(group):
            with row.file.blob.open("rb") as content, packed.open(place_of(row.file_id, row.file.name), "w", force_zip64=True) as copy:
                copyfileobj(content, copy)


def write(packed: zipfile.ZipFile, name: str, pieces: Iterator[str]) -> None:
    with packed.open(name, "w", force_zip64=True) as page:
        for piece in pieces:
            page.write(piece.encode())


def topics_of(group: Group) -> Iterator[Topic]:
    return group.topics.shown().select_related("author").order_by("-bumped_at", "-pk").iterator(AT_ONCE)


def posts_of(topic: Topic) -> Iterator[tuple[Post, list[tuple[str, str]]]]:
    """Each with the places and names of its files. Rows that know each other in a circle would stay in memory for long."""
    rows = topic.posts.shown().select_related("author").order_by("number").iterator(AT_ONCE)
    while batch := list(islice(rows, AT_ONCE)):
        files = defaultdict(list)
        owned = PostFile.objects.filter(post__in=batch).order_by("position", "pk")
        for post, pk, name in owned.values_list("post", "file", "file__name"):
            files[post].append((place_of(pk, name), name))
        for post in batch:
            yield post, files[post.pk]


def files_of(group: Group) -> Iterator[PostFile]:
    shown = PostFile.objects.filter(post__topic__group=group, post__state=Post.State.SHOWN, post__topic__state=Topic.State.SHOWN)
    return shown.select_related("file").order_by("pk").iterator(AT_ONCE)


def place_of(pk: int, name: str) -> str:
    # Its name was made safe when it was taken in; its number keeps two of the same name apart.
    return f"files/{pk} {name}"


# To be read


def index_page(group: Group) -> Iterator[str]:
    yield render_to_string("community/archive/head.html", {"group": group, "title": group.name, "index": True, "root": ""})
    for topic in topics_of(group):
        yield render_to_string("community/archive/topic.html", {"topic": topic})
    yield render_to_string("community/archive/foot.html")


def topic_page(topic: Topic) -> Iterator[str]:
    yield render_to_string("community/archive/head.html", {"topic": topic, "title": topic.title, "root": "../"})
    for post, files in posts_of(topic):
        yield render_to_string("community/archive/post.html", {"post": post, "html": with_whole_links(post.html), "files": files})
    yield render_to_string("community/archive/foot.html")


def with_whole_links(html: str) -> str:
    """A link into the portal leads there from anybody's disk too."""
    return html.replace('href="/', f'href="{settings.SITE_URL}/')


# To be computed with


def as_data(group: Group) -> Iterator[str]:
    names = ("access", "created_at", "archived_at", "rules", "members_count", "topics_count")
    names += tuple(f"{part}_{code}" for part in ("name", "purpose") for code in group.languages)
    yield f'{{"group": {dumped({"id": group.pk, **values(group, names)})}, "topics": [\n'
    for number, topic in enumerate(topics_of(group)):
        yield ",\n" if number else ""
        yield from topic_data(topic)
    yield "\n]}\n"


def topic_data(topic: Topic) -> Iterator[str]:
    names = ("title", "kind", "language", "created_at", "pinned_at", "locked_at", "solved_at", "posts_count")
    yield dumped({"id": topic.pk, "author": name_of(topic.author), **values(topic, names)})[:-1] + ', "posts": ['
    for number, (post, files) in enumerate(posts_of(topic)):
        said = values(post, ("number", "created_at", "edited_at", "language", "text"))
        said["files"] = [place for place, _name in files]
        yield (",\n" if number else "\n") + dumped({"id": post.pk, "author": name_of(post.author), **said})
    yield "]}"


def values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def name_of(author) -> str:
    return author.get_full_name() if author else ""


def dumped(data: dict) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)


def drop_old_exports() -> None:
    actions.drop_exports(GroupExport.objects.outdated())
