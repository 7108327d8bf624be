from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.forms.fields import CurrentChoice
from portal.models import Region
from portal.models.people import LANGUAGES

from ..actions.cohorts import fixed_fields
from ..models import Cohort, CohortRole, ProgrammeVersion
from ..moves import TABLES
from .dates import DayField, MomentField

LONGEST_OFFER = timedelta(days=30)


class CohortForm(forms.ModelForm):
    """What is known of a cohort from its founding on."""

    region = CurrentChoice(
        Region.objects.all(),
        label=_("Region"),
        required=False,
        empty_label=_("the whole country"),
        help_text=_("Whose teachers it is for."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages of the course"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Cohort
        fields = [
            "name_kk",
            "name_ru",
            "name_en",
            "region",
            "languages",
            "format",
            "place",
            "starts_on",
            "ends_on",
            "opens_at",
            "closes_at",
            "seats_until",
            "offer_hours",
            "order",
            "needs_endorsement",
            "review_gap",
        ]
        labels = {
            "format": _("Format"),
            "place": _("Place"),
            "starts_on": _("First day of the course"),
            "ends_on": _("Last day of the course"),
            "opens_at": _("Applications open"),
            "closes_at": _("Applications close"),
            "seats_until": _("Free seats are offered until"),
            "offer_hours": _("Hours to accept the offer of a seat"),
            "order": _("Who is offered a free seat first"),
            "needs_endorsement": _("The head of the school has to support the application"),
            "review_gap": _("Points between two reviews from which a third one is asked for"),
        }
        help_texts = {
            "seats_until": _("Left empty: until the course begins."),
            "name_ru": _("Left empty, the Kazakh name is shown."),
            "name_en": _("Left empty, the Kazakh name is shown."),
        }
        field_classes = {
            **dict.fromkeys(("starts_on", "ends_on"), DayField),
            **dict.fromkeys(("opens_at", "closes_at", "seats_until"), MomentField),
        }
        widgets = {
            **{name: forms.TextInput(attrs={"lang": name[-2:], "autocomplete": "off"}) for name in ("name_kk", "name_ru", "name_en")},
            "format": forms.RadioSelect,
            "order": forms.RadioSelect,
            "offer_hours": forms.NumberInput(attrs={"min": 1}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in fixed_fields(self.instance):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("People have applied: this stays as they have read it.")

    def clean_offer_hours(self):
        hours = self.cleaned_data["offer_hours"]
        if not 1 <= hours <= LONGEST_OFFER.total_seconds() // 3600:
            raise ValidationError(_("At least an hour, and at most thirty days."))
        return hours

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The course ends before it begins."))
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Applications close before they open."))
        if first and closes and timezone.localdate(closes) > first:
            self.add_error("closes_at", _("The course begins before applications close."))
        return cleaned


class FoundingForm(CohortForm):
    version = forms.ModelChoiceField(
        ProgrammeVersion.objects.none(), label=_("Programme and its version"), empty_label=_("choose a programme")
    )
    capacity = forms.IntegerField(label=pgettext_lazy("a cohort", "Seats"), min_value=1, max_value=10_000)

    field_order = ["version", "name_kk", "name_ru", "name_en", "capacity"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        current = ProgrammeVersion.objects.exclude(state=ProgrammeVersion.State.RETIRED).filter(programme__retired_at=None)
        self.fields["version"].queryset = current.select_related("programme")


class MoveForm(forms.Form):
    """One step of a cohort. What people were promised is not taken back without a word."""

    to = forms.ChoiceField(choices=[])
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["to"].choices = [(state, state) for state in TABLES[Cohort].moves.get(cohort.state, ())]

    def clean(self):
        cleaned = super().clean()
        to = cleaned.get("to")
        if to == Cohort.State.CANCELLED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: participants and applicants read it."))
        if to == Cohort.State.DRAFT and self.cohort.has_people:
            self.add_error(None, _("People have applied or have a seat. If the cohort does not take place, cancel it and say why."))
        if to == Cohort.State.OPEN:
            for said in hindrances(self.cohort):
                self.add_error(None, said)
        return cleaned


def hindrances(cohort: Cohort) -> list[str]:
    """Why applications to it can be opened neither by hand nor by the clock."""
    said = []
    if cohort.closes_at is None or cohort.closes_at <= timezone.now():
        said.append(_("Say in the settings until when applications are taken."))
    if not cohort.roles.current().filter(name=CohortRole.Name.MANAGER).exists():
        said.append(_("Name a manager in the team first: somebody has to decide on the applications."))
    return said
