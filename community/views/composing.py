"""Writing: a new topic, an answer, another wording."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.files import ACCEPT, store
from portal.refs import Ref

from .. import actions
from ..actions.drafts import Place, attach, keep_draft, of_place
from ..care import LinksWait, NotNow, told
from ..forms.topics import EditForm, PostForm, TopicForm
from ..models import Draft, Group, Post, Topic
from ..standing import Standing, joins_by_writing, standing_of
from ..telling import count_announced_to


def draft_of(user, place: Place) -> Draft | None:
    return Draft.objects.filter(user=user, **of_place(place)).prefetch_related("files__file").first() if user.is_authenticated else None


def initial_of(draft: Draft | None) -> dict:
    if not draft:
        return {}
    about = f"{draft.about_source}:{draft.about_id}" if draft.about_source else ""
    kept = {"text": draft.text, "title": draft.title, "kind": draft.kind, "language": draft.language, "key": draft.key, "about": about}
    return {name: value for name, value in kept.items() if value}


# A new topic


@login_required
def ask(request, pk: int):
    group, standing = writable_group(request, pk)
    count = count_announced_to(group, request.user) if standing.announces else None
    if request.method != "POST":
        draft = draft_of(request.user, group)
        begun = {name: request.GET[name] for name in ("about", "title") if name in request.GET}
        form = TopicForm(initial=initial_of(draft) | begun, announces=standing.announces)
        return render(request, "community/ask.html", asking(group, standing, form, draft) | {"count": count})
    form = TopicForm(request.POST, announces=standing.announces)
    status = taken(request, group, form, lambda: begin_topic(request, group, standing, form))
    if not isinstance(status, int):
        return status
    return render(
        request, "community/ask.html", asking(group, standing, form, draft_of(request.user, group)) | {"count": count}, status=status
    )


def writable_group(request, pk: int) -> tuple[Group, Standing]:
    """Hers, or an open one that she joins by writing."""
    group = get_object_or_404(Group.objects.readable_by(request.user).alive(), pk=pk)
    standing = standing_of(request.user, group)
    if not (standing.writes or joins_by_writing(request.user, standing)):
        raise Http404
    return group, standing


def asking(group: Group, standing: Standing, form: TopicForm, draft: Draft | None) -> dict:
    return {"group": group, "standing": standing, "form": form, **composer(group, draft, f"/{get_language()}/groups/{group.pk}/ask/")}


def composer(place: Place, draft: Draft | None, address: str) -> dict:
    """What every form of writing shows beside its fields; `composer_url` takes what is sent, its files and its draft."""
    kind = f"{place._meta.model_name}s"
    group = place if isinstance(place, Group) else place.group if isinstance(place, Topic) else place.topic.group
    return {
        "draft": draft,
        "composer_url": address,
        "draft_url": f"/{get_language()}/drafts/{kind}/{place.pk}/",
        "people_url": f"/{get_language()}/groups/{group.pk}/people/",
        "accept": ACCEPT,
    }


def begin_topic(request, group: Group, standing: Standing, form: TopicForm):
    join_where_needed(request.user, group, standing)
    facts = form.cleaned_data
    about = facts.pop("about")
    post = actions.post_topic(request.user, group, about=Ref.parse(about) if about else None, **facts)
    return sent(request, post)


def join_where_needed(user, group: Group, standing: Standing) -> None:
    if not standing.is_member:
        actions.join_group(user, group)


def taken(request, place: Place, form: PostForm, send):
    """The answer to a form that was sent, or the status with which it is shown again; nothing that was typed is lost."""
    try:
        for file in request.FILES.getlist("file"):
            attach(request.user, place, store(file, name=file.name, user=request.user), key=form_key(request))
    except ValidationError as error:
        form.add_error(None, error)
    if "attach" in request.POST or "keep" in request.POST:
        keep_draft(request.user, place, key=form_key(request), **form.unsent)
        if not form.has_error("__all__"):
            return redirect(request.path)
    if not form.is_valid():
        return 422
    try:
        return send()
    except (NotNow, LinksWait) as refusal:
        form.add_error(None, told(refusal))
        keep_draft(request.user, place, key=form_key(request), **form.unsent)
        return 429 if isinstance(refusal, NotNow) else 422
    except actions.ChangedMeanwhile:
        return 409


def form_key(request) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def sent(request, post: Post):
    if post.state == Post.State.HELD:
        messages.info(request, _("Your post waits for a steward of the group: links of people who are new here are looked at first."))
    elif post.number == 1 and post.topic.kind == Topic.Kind.QUESTION:
        messages.success(request, _("Your topic is there. Whoever can help sees it among the unanswered ones."))
    return redirect(f"/{get_language()}{post.address}" + (f"#post-{post.number}" if post.number else ""))


# An answer


def answering(request, topic: Topic, standing: Standing) -> dict:
    """The composer at the foot of a topic, for whoever may answer there or may join."""
    joins = topic.state == Topic.State.SHOWN and not topic.locked_at and joins_by_writing(request.user, standing)
    if not (standing.answers(topic) or joins):
        return {"answers": False}
    draft = draft_of(request.user, topic) if getattr(topic, "my_draft", True) else None
    initial = initial_of(draft)
    if quoted := quotation(request, topic):
        initial["text"] = f"{initial.get('text', '')}\n\n{quoted}\n\n".lstrip()
    address = f"/{get_language()}/topics/{topic.pk}/reply/"
    return {"answers": True, "joins": joins, "form": PostForm(initial=initial), **composer(topic, draft, address)}


def quotation(request, topic: Topic) -> str:
    """The words of a post to answer to, with a link to it; who wrote them is named, and so told of it."""
    number = request.GET.get("quote", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return ""
    post = Post.objects.visible_to(request.user).filter(topic=topic, number=number).select_related("author").first()
    if not post:
        return ""
    who = f"[@{post.author.get_full_name()}](/people/{post.author_id}/) " if post.author else ""
    place = f"/topics/{topic.pk}/{post.number}/"
    lines = post.text.strip().splitlines()
    return "\n".join([f"> {who}[{place}]({place})", ">", *(f"> {line}" for line in lines)])


@login_required
def reply(request, pk: int):
    topic = get_object_or_404(Topic.objects.visible_to(request.user).select_related("group"), pk=pk)
    standing = standing_of(request.user, topic.group)
    context = answering(request, topic, standing)
    if not context["answers"]:
        raise Http404
    status = 200
    if request.method == "POST":
        form = PostForm(request.POST)
        status = taken(request, topic, form, lambda: answer(request, topic, standing, form))
        if not isinstance(status, int):
            return status
        context |= {"form": form, "draft": draft_of(request.user, topic)}
    return render(request, "community/reply.html", context | {"topic": topic, "standing": standing}, status=status)


def answer(request, topic: Topic, standing: Standing, form: PostForm):
    join_where_needed(request.user, topic.group, standing)
    return sent(request, actions.reply(request.user, topic, **form.cleaned_data))


# Another wording


def own_post(request, pk: int) -> Post:
    return get_object_or_404(Post.objects.editable_by(request.user).select_related("topic__group"), pk=pk)


@login_required
def edit(request, pk: int):
    post = own_post(request, pk)
    draft = draft_of(request.user, post)
    if request.method != "POST":
        stored = {"text": post.text, "language": post.language, "revision": post.revision}
        is_older = draft and draft.text not in ("", post.text) and draft.revision != post.revision
        return edited(request, post, EditForm(initial=stored | initial_of(draft)), draft, other=post if is_older else None)
    form = EditForm(request.POST)
    status = taken(request, post, form, lambda: reword(request, post, form))
    if not isinstance(status, int):
        return status
    if status != 409:
        return edited(request, post, form, draft_of(request.user, post), status=status)
    now = own_post(request, pk)
    form.seen(now)
    return edited(request, post, form, draft, other=now, status=422)


def edited(request, post: Post, form: EditForm, draft: Draft | None, *, other: Post | None = None, status: int = 200):
    address = f"/{get_language()}/posts/{post.pk}/edit/"
    context = {"post": post, "topic": post.topic, "form": form, "other": other, **composer(post, draft, address)}
    return render(request, "community/edit_post.html", context, status=status)


def reword(request, post: Post, form: EditForm):
    facts = form.cleaned_data
    facts.pop("key")
    actions.edit_post(request.user, post, **facts)
    return redirect(f"/{get_language()}{post.address}" + (f"#post-{post.number}" if post.number else ""))
