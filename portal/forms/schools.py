"""Schools, and who is invited to them."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ..models import Merged, School, User
from ..slugs import make_slug
from .complaints import ReasonForm

LETTERS_AT_ONCE = 30


class ListedSchool(forms.CharField):
    """The id of a listed school, chosen while typing; a merged one stands for what it became."""

    default_error_messages = {"required": _("Choose a school from the list."), "invalid": _("Choose a school from the list.")}

    def clean(self, value):
        chosen = super().clean(value)
        if not chosen:
            return None
        ids = Merged.objects.current_ids(School, [chosen]) if chosen.isdecimal() else []
        if not (school := School.objects.listed().select_related("region").filter(pk__in=ids).first()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return school


class SchoolFactsForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ["name_kk", "name_ru", "name_en", "region", "district", "locality", "type"]

    def clean(self):
        cleaned = super().clean()
        district = cleaned.get("district")
        if district and district.region != cleaned.get("region"):
            self.add_error("district", _("This district lies in another region."))
        return cleaned


class AcceptanceForm(SchoolFactsForm):
    class Meta(SchoolFactsForm.Meta):
        fields = ["code", *SchoolFactsForm.Meta.fields]
        help_texts = {"code": _("The one by which lists of schools call it. If it is in none of them, the one offered here will do.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["code"] = offered_code(self.instance)


def offered_code(school: School) -> str:
    """Made of its region and its name; nothing when that is another school's code already."""
    code = f"{school.region.code}-{make_slug(school.name_kk)}"[: School._meta.get_field("code").max_length].rstrip("-")
    taken = School.objects.filter(code=code).exists() or Merged.objects.rows_by_code(School, [code])
    return "" if taken else code


class JoinForm(forms.Form):
    school = ListedSchool(label=_("School of the list"), help_text=_("Type a few letters of its name, town or number."))


class RefusalForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The person who proposed the school reads this text.")


class AddressLines(forms.CharField):
    """E-mail addresses, one per line; commas and spaces between them do no harm."""

    widget = forms.Textarea(attrs={"rows": 4, "autocapitalize": "none", "spellcheck": "false"})

    def clean(self, value):
        typed = super().clean(value).lower().replace(",", " ").replace(";", " ").split()
        addresses = list(dict.fromkeys(typed))
        if len(addresses) > LETTERS_AT_ONCE:
            raise ValidationError(_("At most %(number)s addresses at once."), params={"number": LETTERS_AT_ONCE})
        if wrong := [address for address in addresses if not is_address(address)]:
            raise ValidationError(_("This is no e-mail address: %(addresses)s"), params={"addresses": ", ".join(wrong)})
        return addresses


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class InvitationForm(forms.Form):
    """Where colleagues are invited to, and who gets a letter. A coordinator has few schools, an administrator all of them."""

    school = ListedSchool(label=_("School"), help_text=_("Type a few letters of its name, town or number."))
    addresses = AddressLines(
        label=_("E-mail addresses"),
        required=False,
        max_length=5000,
        help_text=_("One per line, at most 30. Each gets a link for one person."),
    )

    def __init__(self, *args, user: User, letters: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["addresses"].required = letters
        if not user.has_role("administrator"):
            schools = School.objects.listed().filter(pk__in=user.coordinated_schools)
            self.fields["school"] = forms.ModelChoiceField(schools, label=_("School"), empty_label=None)

    @property
    def has_long_list(self) -> bool:
        return isinstance(self.fields["school"], ListedSchool)
