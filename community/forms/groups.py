from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.files import FileRefused, recognise, store
from portal.forms.fields import CurrentChoice, NamedChoices
from portal.forms.schools import ListedSchool
from portal.models import File, Grade, Network, Region, Subject
from portal.models.people import LANGUAGES

from .. import shelf
from ..models import Group

WORDS = [f"{part}_{code}" for code, _label in LANGUAGES for part in ("name", "purpose")]
FIXED = {Group.Origin.SCHOOL: "school", Group.Origin.SUBJECT: "subject", Group.Origin.COHORT: "access"}
NOT_CHOSEN = _("none in particular")


class GroupForm(forms.ModelForm):
    """What an owner says about her group, in each language it speaks; one of them is enough."""

    subject = CurrentChoice(Subject.objects.all(), label=_("Subject"), required=False, empty_label=NOT_CHOSEN)
    region = CurrentChoice(Region.objects.all(), label=_("Region"), required=False, empty_label=NOT_CHOSEN)
    network = CurrentChoice(Network.objects.all(), label=_("Network of schools"), required=False, empty_label=NOT_CHOSEN)
    grades = NamedChoices(Grade.objects.all(), label=_("Grades"), required=False)
    school = ListedSchool(label=_("School"), required=False, help_text=_("Type a few letters of its name, town or number."))

    class Meta:
        model = Group
        fields = [*WORDS, "subject", "grades", "region", "network", "school", "access", "question", "rules", "slow_minutes"]
        widgets = {
            **{name: forms.TextInput(attrs={"autocomplete": "off"}) for name in WORDS if name.startswith("name")},
            **{name: forms.Textarea(attrs={"rows": 3}) for name in WORDS if name.startswith("purpose")},
            "access": forms.RadioSelect,
            "rules": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "question": _("Whoever asks to join by request answers it. Leave it empty if you have none."),
            "slow_minutes": _("0: people write as often as they like."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What a group is made for stays.
        if self.instance.origin in FIXED:
            del self.fields[FIXED[self.instance.origin]]
        for code, _label in LANGUAGES:
            for part in ("name", "purpose"):
                self.fields[f"{part}_{code}"].widget.attrs["lang"] = code
                # One language is enough, and most groups have the founder's: beside hers nothing says that she may leave it out.
                self.fields[f"{part}_{code}"].wanted = code == get_language()

    def clean(self):
        cleaned = super().clean()
        spoken = [code for code, _label in LANGUAGES if cleaned.get(f"name_{code}")]
        if not spoken and not any(self.has_error(f"name_{code}") for code, _label in LANGUAGES):
            self.add_error(f"name_{get_language()}", _("Give the group a name in at least one language."))
        for code, _label in LANGUAGES:
            if (code in spoken) != bool(cleaned.get(f"purpose_{code}")) and not self.has_error(f"purpose_{code}"):
                self.complain_of_half(code, named=code in spoken)
        return cleaned

    def complain_of_half(self, code: str, *, named: bool) -> None:
        if named:
            self.add_error(f"purpose_{code}", _("Say in a sentence what the group is for."))
        else:
            self.add_error(f"name_{code}", _("The purpose is written in this language: give the name in it too."))

    def blocks(self) -> list[dict]:
        """Name and purpose by language, the reader's language first; those that are empty stay folded."""
        codes = sorted((code for code, _label in LANGUAGES), key=lambda code: code != get_language())
        return [self.block(code) for code in codes]

    def block(self, code: str) -> dict:
        fields = [self[f"name_{code}"], self[f"purpose_{code}"]]
        filled = any(field.value() or field.errors for field in fields)
        return {"code": code, "fields": fields, "open": filled or code == get_language()}


class ShelfForm(forms.Form):
    """The question that fills the shelf of materials; empty, it is asked for the group's own subject and grades."""

    text = forms.CharField(label=_("Words"), max_length=200, required=False)
    subject = forms.MultipleChoiceField(label=_("Subjects"), widget=forms.CheckboxSelectMultiple, required=False)
    grade = forms.MultipleChoiceField(label=_("Grades"), widget=forms.CheckboxSelectMultiple, required=False)
    type = forms.MultipleChoiceField(label=_("Types"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in shelf.choices(self.initial).items():
            self.fields[name].choices = choices

    @property
    def is_filled(self) -> bool:
        return any(field.value() or field.errors for field in self)

    def question(self) -> dict:
        """As the group keeps it."""
        data = self.cleaned_data
        facets = {name: data[name] for name in shelf.FACETS if data[name]}
        return {"text": data["text"], "facets": facets} if data["text"] or facets else {}


class PictureForm(forms.Form):
    """A picture; with the button `remove` none."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("It is drawn anew: nothing hidden in the file is kept."),
    )

    def clean_picture(self):
        sent = self.cleaned_data["picture"]
        if not sent and "remove" not in self.data:
            raise ValidationError(_("Choose a picture."))
        if sent and recognise(sent).kind != File.Kind.IMAGE:
            raise ValidationError(_("Choose a picture."))
        return sent

    def stored(self, user) -> File | None:
        """None where nothing was sent; where the picture turns out to be broken, with an error beside the field."""
        sent = self.cleaned_data["picture"]
        if not sent:
            return None
        try:
            return store(sent, name=sent.name, user=user)
        except FileRefused as refused:
            self.add_error("picture", refused)
            return None


class JoinForm(forms.Form):
    """What somebody who asks to join says to the stewards."""

    answer = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=_("A word to the stewards"), required=False)

    def __init__(self, *args, group: Group, **kwargs):
        super().__init__(*args, **kwargs)
        if group.question:
            self.fields["answer"].label, self.fields["answer"].required = group.question, True
