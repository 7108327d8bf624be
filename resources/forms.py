from collections.abc import Iterable

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms.fields import CurrentChoice, NamedChoices
from portal.models import Grade, Merged, Objective, Subject

from .models import Material, MaterialType, Tag

# What publishing asks for; a draft may do without.
WANTED = ("title", "type", "subjects")
one_tag = MaxLengthValidator(Tag._meta.get_field("name").max_length)


def row_numbers(values: Iterable | None) -> set[int]:
    """Those of the values of a field that can be numbers of rows; a stranger may send anything."""
    words = map(str, values or [])
    return {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 19}


class MaterialForm(forms.ModelForm):
    """What a teacher says about her material. Nothing is required of a draft; publishing asks for what is missing."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    subjects = NamedChoices(Subject.objects.all(), label=_("Subjects"), required=False)
    grades = NamedChoices(Grade.objects.all(), label=_("Grades"), required=False)
    objectives = NamedChoices(Objective.objects.select_related("subject"), label=_("Learning objectives"), required=False)
    objective = CurrentChoice(
        Objective.objects.all(),
        label=_("Add a learning objective"),
        required=False,
        widget=forms.HiddenInput,
        help_text=_("Type its code or a few words."),
        error_messages={"invalid_choice": _("Choose an objective from the list.")},
    )
    tags = forms.CharField(label=_("Tags"), required=False, max_length=300, help_text=_("Separate them with commas."))

    class Meta:
        model = Material
        fields = ["title", "description", "language", "type", "licence", "audience"]
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "description": forms.Textarea(attrs={"rows": 5}),
            "language": forms.RadioSelect,
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "description": _("For whom it is, how you used it, what to watch for."),
            "audience": _("Unit and term assessments are shown to verified teachers only, whatever you choose here."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = MaterialType.objects.all()
        self.fields["type"].empty_label = _("Choose one")
        self.fields["title"].required = False
        for name in WANTED:
            self.fields[name].wanted = True

    def clean_tags(self) -> list[str]:
        names = [name for name in (part.strip(" #") for part in self.cleaned_data["tags"].split(",")) if name]
        for name in names:
            one_tag(name)
        return names

    def clean(self):
        """The objective that was found last joins those that stood there before."""
        cleaned = super().clean()
        if found := cleaned.pop("objective", None):
            cleaned["objectives"] = [*cleaned.get("objectives", []), found]
        return cleaned

    def chosen_objectives(self):
        """Those that are ticked now, to be drawn; the list of all of them is far too long."""
        chosen = Merged.objects.current_ids(Objective, row_numbers(self["objectives"].value()))
        return Objective.objects.select_related("subject").filter(pk__in=chosen)

    def opened_now(self, material: Material) -> None:
        """Shown again after a refusal: what was typed stays, and sending it again counts as newest."""
        self.data = self.data.copy()
        self.data["revision"] = material.revision

    @classmethod
    def opened(cls, material: Material, typed=None) -> "MaterialForm":
        """The form as it stands in the row; what was typed meanwhile (a QueryDict) goes before what the row says."""
        initial = {
            "revision": material.revision,
            "subjects": list(material.subjects.values_list("pk", flat=True)),
            "grades": list(material.grades.values_list("pk", flat=True)),
            "objectives": list(material.objectives.values_list("pk", flat=True)),
            "tags": ", ".join(material.tags.values_list("name", flat=True)),
        }
        for name in cls.base_fields:
            values = [value for value in typed.getlist(name) if value] if typed else []
            # The language of the page was there before she typed anything, so it does not go before that of the file.
            if values and (name, values) != ("language", [get_language()]):
                initial[name] = values if name in ("subjects", "grades", "objectives") else values[0]
        return cls(instance=material, initial=initial)


class LinkForm(forms.Form):
    address = forms.URLField(
        label=_("Link"), max_length=500, assume_scheme="https", widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
