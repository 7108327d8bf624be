from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import actions
from .models import Complaint, Grade, Position, Region, School, Subject, User
from .models.people import LANGUAGES


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"


class SignupFields(forms.Form):
    """What allauth's sign-up asks beside the e-mail address."""

    given_name = forms.CharField(label=_("Given name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    family_name = forms.CharField(label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    terms = forms.BooleanField(
        label=_("I agree to the terms of use and to the collection and processing of my personal data"),
        error_messages={"required": _("The portal may keep your data only with your consent.")},
    )

    field_order = ["email", "given_name", "family_name", "terms"]

    def signup(self, request, user) -> None:
        actions.join(
            user,
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            language=get_language(),
        )


class NamedChoices(forms.ModelMultipleChoiceField):
    """Checkboxes of a vocabulary, in the reader's language."""

    widget = forms.CheckboxSelectMultiple


class TeachingFields(forms.Form):
    """What a teacher teaches; the same three questions at the first visit and in the profile."""

    subjects = NamedChoices(Subject.objects.all(), label=_("Subjects"), required=False)
    grades = NamedChoices(Grade.objects.all(), label=_("Grades"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of teaching"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False
    )


class SchoolFields(forms.Form):
    """A school from the list, or a proposal of one that is missing. `school` holds an id, or `new`."""

    school = forms.CharField(label=_("Your school"), required=False, help_text=_("Type a few letters of its name, town or number."))
    new_name = forms.CharField(label=_("Name of the school"), max_length=250, required=False)
    new_region = forms.ModelChoiceField(Region.objects.all(), label=_("Region"), required=False)
    new_locality = forms.CharField(label=_("Town or village"), max_length=120, required=False)
    post = forms.ChoiceField(label=_("Your post"), choices=Position.Post, initial=Position.Post.TEACHER)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for name in ("new_name", "new_region", "new_locality"):
            self.fields[name].label_suffix = ""

    def clean(self):
        cleaned = super().clean()
        chosen, typed = cleaned.get("school", ""), self.data.get("school_text", "").strip()
        if chosen == "new":
            for name in ("new_name", "new_region"):
                if not cleaned.get(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
        elif chosen:
            cleaned["school_row"] = School.objects.visible_to(self.user).filter(pk=chosen).first() if chosen.isdigit() else None
            if not cleaned["school_row"]:
                self.add_error("school", _("Choose a school from the list, or say that it is not in the list."))
        elif typed:
            self.add_error("school", _("Choose a school from the list, or say that it is not in the list."))
        return cleaned


class ProfileForm(TeachingFields, forms.ModelForm):
    class Meta:
        model = User
        fields = ["family_name", "given_name", "patronymic", "latin_name", "bio", "interface_language"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 4}), "interface_language": forms.RadioSelect}
        labels = {"interface_language": _("Language of our letters to you")}

    field_order = [
        "family_name", "given_name", "patronymic", "latin_name", "subjects", "grades", "languages", "bio", "interface_language",
    ]  # fmt: skip


class ComplaintForm(forms.ModelForm):
    class Meta:
        model = Complaint
        fields = ["reason", "text"]
        widgets = {"reason": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = Complaint.Reason.choices


class ReasonForm(forms.Form):
    """Why something is done to somebody else's work; the person concerned reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads this text."),
    )
