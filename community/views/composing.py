"""Writing: a new topic, an answer, another wording; drafts, files, the preview, and what is offered while one types."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.files import ACCEPT, respond, respond_preview, store
from portal.models import File, User
from portal.refs import Ref
from portal.views.deeds import deed
from portal.views.uploads import receive
from search.analysis import guess_language
from search.find import search, suggest
from search.query import SearchQuery

from .. import actions
from ..actions.drafts import Place, attach, detach, forget_draft, is_sent, keep_draft, of_place
from ..cards import Cards
from ..care import LinksWait, NotNow, told
from ..forms.topics import EditForm, PostForm, TopicForm
from ..models import Draft, DraftFile, Group, Membership, Post, Topic
from ..models.topics import POST_LETTERS
from ..standing import Standing, standing_of
from ..telling import count_announced_to
from ..writing import render as render_text

SIMILAR_SHOWN = 5
PEOPLE_SHOWN = 8
SHORTEST_QUESTION = 2


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
    if not (standing.writes or group.is_open):
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
    elif post.number == 1:
        messages.success(request, _("Your topic is there. Whoever can help sees it among the unanswered ones."))
    return redirect(f"/{get_language()}{post.address}" + (f"#post-{post.number}" if post.number else ""))


# An answer


def answering(request, topic: Topic, standing: Standing) -> dict:
    """The composer at the foot of a topic, for whoever may answer there or may join."""
    joins = request.user.is_authenticated and topic.group.is_open and not standing.is_member and topic.state == Topic.State.SHOWN
    joins = joins and not (topic.locked_at or topic.group.archived_at or topic.group.hidden_at)
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
        return edited(request, post, EditForm(initial=stored | initial_of(draft)), draft)
    form = EditForm(request.POST)
    status = taken(request, post, form, lambda: reword(request, post, form))
    if not isinstance(status, int):
        return status
    if status != 409:
        return edited(request, post, form, draft_of(request.user, post), status=status)
    now = Post.objects.get(pk=pk)
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


# Drafts and their files. A place is a group, a topic or a post, as the address says.


def place_at(request, kind: str, pk: int) -> Place:
    if kind == "groups":
        return writable_group(request, pk)[0]
    if kind == "posts":
        return own_post(request, pk)
    topic = get_object_or_404(Topic.objects.visible_to(request.user).select_related("group"), pk=pk)
    if not answering(request, topic, standing_of(request.user, topic.group))["answers"]:
        raise Http404
    return topic


PAGES = {"groups": "/groups/{}/ask/", "topics": "/topics/{}/reply/", "posts": "/posts/{}/edit/"}


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


# While one types


@login_required
@require_POST
def preview(request):
    """As it will be read, cards and names too."""
    written = request.POST.get("text", "").replace("\0", "")[:POST_LETTERS]
    rendered = render_text(written)
    context = {"body": Cards(request.user, [rendered.html]).fill(rendered.html), "language": guess_language(written)}
    return render(request, "community/preview.html", context)


@login_required
def similar(request):
    """Topics that may answer what a title is about to ask."""
    asked = request.GET.get("title", "").strip()
    hits = []
    if len(asked) > SHORTEST_QUESTION:
        hits = search(SearchQuery.for_user(request.user, text=asked, sources=("topics",), size=SIMILAR_SHOWN), user=request.user).hits
    return render(request, "community/similar.html", {"hits": hits})


@login_required
def people_to_name(request, pk: int):
    """Of the group first, then colleagues whom she finds anyway."""
    group = get_object_or_404(Group.objects.readable_by(request.user), pk=pk)
    asked = request.GET.get("q", "").strip()[:80]
    found: dict[int, str] = {}
    if len(asked) >= SHORTEST_QUESTION:
        for person in members_named(request.user, group, asked)[:PEOPLE_SHOWN]:
            found[person.pk] = person.get_full_name()
        for entry in suggest("people", asked, user=request.user, limit=PEOPLE_SHOWN):
            found.setdefault(entry.object_id, entry.data["name"])
    return render(request, "community/people_to_name.html", {"people": list(found.items())[:PEOPLE_SHOWN]})


def members_named(user, group: Group, asked: str):
    """Names begin with a capital letter, and not every database knows that of Kazakh."""
    first, _space, last = (asked[:1].upper() + asked[1:]).partition(" ")
    people = User.objects.visible_to(user).not_blocked_by(user).filter(pk__in=Membership.objects.filter(group=group).values("user"))
    if last:
        return people.filter(given_name=first, family_name__startswith=last[:1].upper() + last[1:])
    return people.filter(given_name__startswith=first) | people.filter(family_name__startswith=first)
