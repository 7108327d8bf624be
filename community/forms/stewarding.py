"""What stewards are asked before they do something to somebody's words."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal.text import words_of

from ..models import Group, Topic

LETTERS_OF_POST = 80


class OwnDeletionForm(forms.Form):
    """One's own words need no reason."""


class MoveForm(forms.Form):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("To which group?"))

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class OneBelowTheOther(forms.CheckboxSelectMultiple):
    """Choices as long as a line."""

    layout = "choices"


class SplitForm(forms.Form):
    title = forms.CharField(label=_("Title of the new topic"), max_length=Topic._meta.get_field("title").max_length)
    posts = forms.MultipleChoiceField(label=_("Which posts go there?"), widget=OneBelowTheOther)

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(str(post.number), shown(post)) for post in posts]

    def clean_posts(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["posts"]]


def shown(post) -> str:
    return f"№ {post.number} · {Truncator(words_of(post.html)).chars(LETTERS_OF_POST)}"
