from itertools import groupby
from operator import attrgetter

from allauth.account.forms import SignupForm as AddressForm
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import actions
from .editorial import footer_pages
from .models import Complaint, Grade, Position, Region, School, Subject, User
from .models.people import LANGUAGES

LONGEST_KEY = 18


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"


class PersonName(forms.CharField):
    """A name in any alphabet. Anything else, `portal.kz` too, would make our own letters carry a stranger's words and addresses."""

    default_validators = [
        RegexValidator(
            r"^[^\W\d_](?:[^\W\d_]|\.(?![^\W\d_]{2})|[ '’ʼ`\u2010\u2011\u0300-\u036f-])*$",
            _("A name is written in letters; spaces, hyphens, apostrophes and full stops may stand between them."),
        )
    ]


class SignupForm(AddressForm):
    """An address, a name and the agreement. No password: somebody else could set one before the address is proved."""

    given_name = PersonName(label=_("Given name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    family_name = PersonName(label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    terms = forms.BooleanField(error_messages={"required": _("The portal may keep your data only with your consent.")})

    field_order = ["email", "given_name", "family_name", "terms"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        self.fields["terms"].label = terms_label()

    def validate_unique_email(self, value: str) -> str:
        """Whoever pressed twice, or left before the code came, begins again with the same account."""
        email = super().validate_unique_email(value)
        self.unproved = unproved_account(email)
        self.account_already_exists = self.account_already_exists and not self.unproved
        return email

    def save(self, request) -> User:
        if not self.unproved:
            try:
                with transaction.atomic():
                    return super().save(request)
            except IntegrityError:
                # The other press of a double click was quicker.
                self.unproved = unproved_account(self.cleaned_data["email"])
        self.custom_signup(request, self.unproved)
        return self.unproved

    def custom_signup(self, request, user) -> None:
        actions.join(
            user,
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
            language=get_language(),
        )


def unproved_account(email: str) -> User | None:
    """An account that nobody has ever been in: it holds nothing but a name that somebody typed."""
    never_in = User.objects.filter(email_key=email.lower(), is_active=True, last_login=None)
    user = never_in.exclude(emailaddress__verified=True).first()
    return user if user and not user.has_usable_password() else None


def terms_label() -> str:
    """The agreement, with links to what is agreed to. They open beside the form, so that nothing typed is lost."""
    links = {page["place"]: format_html('<a href="{}" target="_blank">', page["url"]) for page in footer_pages()}
    parts = {}
    for place in ("terms", "privacy"):
        parts[place] = links.get(place, "")
        parts[f"end_{place}"] = mark_safe("</a>") if place in links else ""
    return format_html(
        _(
            "I agree to the {terms}terms of use{end_terms} and to the collection and processing of my personal data"
            " under the {privacy}privacy policy{end_privacy}"
        ),
        **parts,
    )


class NamedChoices(forms.ModelMultipleChoiceField):
    """Checkboxes of a vocabulary, in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        """A number that no key can be is a wrong choice; SQLite would raise OverflowError."""
        for key in value or []:
            if len(str(key)) > LONGEST_KEY:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(key)[:LONGEST_KEY]}
                )
        return super().clean(value)


class SubjectsByArea(forms.models.ModelChoiceIterator):
    def __iter__(self):
        for area, subjects in groupby(self.queryset, key=attrgetter("area")):
            yield area.name, [self.choice(subject) for subject in subjects]


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Checkboxes folded away by group; a group in which something is chosen stands open."""

    template_name = "components/folded_choices.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        return context | {"groups": [(group, rows, any(row["selected"] for row in rows)) for group, rows, _index in groups]}


class SubjectChoices(NamedChoices):
    iterator = SubjectsByArea
    widget = FoldedChoices


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
        elif chosen:
            cleaned["school_row"] = School.objects.visible_to(self.user).filter(pk=chosen).first() if chosen.isdecimal() else None
            if not cleaned["school_row"]:
                self.add_error("school", self.unchosen)
        elif self.data.get("school_text", "").strip() and not self.has_error("school"):
            self.add_error("school", self.unchosen)
        return cleaned


class ProfileForm(TeachingFields, forms.ModelForm):
    class Meta:
        model = User
        fields = ["family_name", "given_name", "patronymic", "latin_name", "bio", "interface_language"]
        field_classes = dict.fromkeys(["family_name", "given_name", "patronymic", "latin_name"], PersonName)
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
