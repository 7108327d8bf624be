"""Drafts and their files. A place is a group, a topic or a post, as the address says."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language

from portal.files import respond, respond_preview
from portal.models import File
from portal.views.deeds import deed
from portal.views.uploads import receive

from ..actions.drafts import Place, attach, detach, forget_draft, is_sent, keep_draft
from ..forms.topics import EditForm, PostForm, TopicForm
from ..models import DraftFile, Topic
from ..standing import standing_of
from .composing import answering, form_key, own_post, writable_group

PAGES = {"groups": "/groups/{}/ask/", "topics": "/topics/{}/reply/", "posts": "/posts/{}/edit/"}


def place_at(request, kind: str, pk: int) -> Place:
    if kind == "groups":
        return writable_group(request, pk)[0]
    if kind == "posts":
        return own_post(request, pk)
    topic = get_object_or_404(Topic.objects.visible_to(request.user).select_related("group"), pk=pk)
    if not answering(request, topic, standing_of(request.user, topic.group))["answers"]:
        raise Http404
    return topic


def page_of(kind: str, pk: int) -> str:
    return f"/{get_language()}{PAGES[kind].format(pk)}"


@deed
def draft(request, kind: str, pk: int):
    """Kept as it is typed; thrown away by a press."""
    place = place_at(request, kind, pk)
    if "forget" in request.POST:
        forget_draft(request.user, place)
        return redirect(page_of(kind, pk))
    form, key = {"groups": TopicForm, "topics": PostForm, "posts": EditForm}[kind](request.POST), form_key(request)
    if not is_sent(request.user, key, form.unsent["text"]):
        keep_draft(request.user, place, key=key, **form.unsent)
    return HttpResponse(status=204)


def upload(request, kind: str, pk: int, upload=None):
    place = place_at(request, kind, pk) if request.user.is_authenticated else None

    def finish(request, file: File) -> str:
        attach(request.user, place, file)
        return page_of(kind, pk)

    return receive(request, upload, target=f"{kind}:{pk}:draft", finish=finish)


def own_draft_file(request, file_pk: int) -> DraftFile:
    return get_object_or_404(DraftFile.objects.filter(draft__user=request.user).select_related("file", "draft"), file=file_pk)


@login_required
def draft_file(request, file_pk: int):
    file = own_draft_file(request, file_pk).file
    return respond_preview(request, file) if "preview" in request.GET and file.preview else respond(request, file)


@deed
def drop_draft_file(request, file_pk: int):
    row = own_draft_file(request, file_pk)
    kept = row.draft
    kind = next(kind for kind, name in (("groups", "group_id"), ("topics", "topic_id"), ("posts", "post_id")) if getattr(kept, name))
    detach(row)
    return redirect(page_of(kind, getattr(kept, f"{kind[:-1]}_id")))
