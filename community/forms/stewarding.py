"""What stewards are asked before they do something to somebody's words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Group, Topic


class OwnDeletionForm(forms.Form):
    """One's own words need no reason."""


class MoveForm(forms.Form):
    group = forms.ModelChoiceField(Group.objects.none(), label=_("To which group?"))

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class SplitForm(forms.Form):
    title = forms.CharField(label=_("Title of the new topic"), max_length=Topic._meta.get_field("title").max_length)
    posts = forms.MultipleChoiceField(label=_("Which posts go there?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(str(post.number), shown(post)) for post in posts]

    def clean_posts(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["posts"]]


def shown(post) -> str:
    start = " ".join(post.text.split())[:80]
    return f"№ {post.number} · {start}"
