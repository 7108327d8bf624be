"""What a person tells of herself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..limits import exceeded
from ..models import Grade, Merged, Position, Region, School, Subject, User
from ..models.people import LANGUAGES, ProfilePart
from .fields import NamedChoices, PersonName, SubjectChoices


class TeachingFields(forms.Form):
    """What a teacher teaches; the same three questions at the first visit and in the profile."""

    subjects = SubjectChoices(
        Subject.objects.select_related("area").order_by("area__position", "area", "position", "pk"), label=_("Subjects"), required=False
    )
    grades = NamedChoices(Grade.objects.all(), label=_("Grades"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of teaching"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )


class SchoolFields(forms.Form):
    """A school from the list, or a proposal of one that is missing. `school` holds an id, or `new`."""

    unchosen = _("Choose a school from the list, or say that it is not in the list.")
    school = forms.CharField(
        label=_("Your school"),
        required=False,
        help_text=_("Type a few letters of its name, town or number."),
        error_messages={"required": unchosen},
    )
    new_name = forms.CharField(label=_("Name of the school"), max_length=250, required=False)
    new_region = forms.ModelChoiceField(Region.objects.all(), label=_("Region"), required=False)
    new_locality = forms.CharField(label=_("Town or village"), max_length=120, required=False)
    post = forms.ChoiceField(label=_("Your post"), choices=Position.Post, initial=Position.Post.TEACHER)

    def __init__(self, *args, user, required: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["school"].required = required and not self.data.get("new_name")

    def clean(self):
        cleaned = super().clean()
        # Without JavaScript nothing says `new` but the name that was written.
        chosen = cleaned.get("school") or ("new" if cleaned.get("new_name") else "")
        if chosen == "new":
            cleaned["school"] = chosen
            for name in ("new_name", "new_region"):
                if not cleaned.get(name) and not self.has_error(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
            if not self.errors and exceeded("school", self.user):
                self.add_error("new_name", _("You have proposed many schools today. Go on tomorrow, or choose one from the list."))
        elif chosen:
            numbers = Merged.objects.current_ids(School, [chosen]) if chosen.isdecimal() else []
            cleaned["school_row"] = School.objects.open_to(self.user).filter(pk__in=numbers).first()
            if not cleaned["school_row"]:
                self.add_error("school", self.unchosen)
        elif self.data.get("school_text", "").strip() and not self.has_error("school"):
            self.add_error("school", self.unchosen)
        return cleaned


class ProfileForm(TeachingFields, forms.ModelForm):
    shown_parts = forms.MultipleChoiceField(
        label=_("What your profile shows"),
        choices=ProfilePart,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Your name and your published materials are always shown."),
    )

    class Meta:
        model = User
        fields = ["family_name", "given_name", "patronymic", "latin_name", "bio", "interface_language", "shown_to", "listed_to"]
        field_classes = dict.fromkeys(["family_name", "given_name", "patronymic", "latin_name"], PersonName)
        widgets = {
            "bio": forms.Textarea(attrs={"rows": 4}),
            **dict.fromkeys(["interface_language", "shown_to", "listed_to"], forms.RadioSelect),
        }
        labels = {"interface_language": _("Language of our letters to you")}
        help_texts = {
            "shown_to": _("Whoever does not see it is shown your name and your published materials."),
            "listed_to": _("By your name and by what your profile shows. Nobody finds there whose profile they do not see."),
        }

    field_order = [
        "family_name", "given_name", "patronymic", "latin_name", "subjects", "grades", "languages", "bio", "interface_language",
        "shown_to", "shown_parts", "listed_to",
    ]  # fmt: skip
