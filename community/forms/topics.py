"""What is written: a new topic, an answer, another wording."""

import re
import uuid

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.models.people import LANGUAGES

from ..care import links_elsewhere
from ..models import Post, Topic
from ..models.topics import POST_LETTERS

TITLE_LETTERS = Topic._meta.get_field("title").max_length
ABOUT = re.compile(r"\A([a-z]{1,40}):(\d{1,18})\Z")
LANGUAGE_CHOICES = [("", _("guessed from the text")), *LANGUAGES]


def refuse_links(title: str) -> None:
    """A title stands in lists, letters and results, where nobody has looked at its links."""
    if links_elsewhere(title):
        raise forms.ValidationError(_("A title carries no address: give the link in the text."))


class KeyField(forms.UUIDField):
    """A damaged key is no reason to refuse a post: it counts as that of a new form."""

    widget = forms.HiddenInput

    def clean(self, value) -> uuid.UUID:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return uuid.uuid4()


class PostForm(forms.Form):
    # A field that says its length cuts what is pasted without a word.
    text = forms.CharField(
        label=_("Text"),
        validators=[MaxLengthValidator(POST_LETTERS)],
        widget=forms.Textarea(attrs={"rows": 5, "data-composer-text": True}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGE_CHOICES, required=False)
    key = KeyField()

    def __init__(self, *args, initial: dict | None = None, **kwargs):
        super().__init__(*args, initial={"key": uuid.uuid4()} | (initial or {}), **kwargs)

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    @property
    def unsent(self) -> dict:
        """What can be kept of it as a draft, whether or not it may be sent."""
        # PostgreSQL keeps no NUL, and no longer title than the field takes.
        kept = {name: self.data.get(name, "").replace("\0", "") for name in ("title", "text") if name in self.fields}
        chosen = {name: self.data.get(name, "") for name in ("kind", "language") if name in self.fields}
        return kept | {name: value for name, value in chosen.items() if value in dict(self.fields[name].choices)}


class TopicForm(PostForm):
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect, initial=Topic.Kind.QUESTION)
    title = forms.CharField(
        label=_("Title"), max_length=TITLE_LETTERS, validators=[refuse_links], widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    about = forms.RegexField(ABOUT, required=False, widget=forms.HiddenInput)

    field_order = ["kind", "title", "text", "language"]

    def __init__(self, *args, announces: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [Topic.Kind.QUESTION, Topic.Kind.DISCUSSION, *([Topic.Kind.ANNOUNCEMENT] if announces else [])]
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in kinds]

    @property
    def unsent(self) -> dict:
        kept = super().unsent
        about = ABOUT.match(self.data.get("about", ""))
        return kept | {"title": kept["title"][:TITLE_LETTERS]} | ({"about_source": about[1], "about_id": int(about[2])} if about else {})


class EditForm(PostForm):
    """The key is that of a draft; the revision is what the writer saw when she opened it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    field_order = ["text", "language"]

    @property
    def unsent(self) -> dict:
        revision = self["revision"].data or ""
        return super().unsent | ({"revision": int(revision)} if revision.isascii() and revision.isdigit() and len(revision) < 10 else {})

    def seen(self, post: Post) -> None:
        """Shown again beside what stands now: sending it once more takes its place."""
        self.data = self.data.copy()
        self.data["revision"] = post.revision


class TopicFactsForm(forms.ModelForm):
    class Meta:
        model = Topic
        fields = ["title", "kind", "language"]
        widgets = {"kind": forms.RadioSelect, "language": forms.RadioSelect}

    def __init__(self, *args, announces: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(refuse_links)
        kinds = [kind for kind in Topic.Kind if announces or kind != Topic.Kind.ANNOUNCEMENT]
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in kinds]
