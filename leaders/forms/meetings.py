"""Planning meetings, and what they read."""

import re

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models import User
from resources.models import Material

from ..models import Cohort, Meeting
from ..querysets.roles import MANAGER, TRAINER
from .dates import MomentField

MATERIAL = re.compile(r"(?:/materials/|^)(\d{1,15})/?$")


class MeetingForm(forms.ModelForm):
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    join_url = forms.URLField(
        label=_("Link to join online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Only participants and the team of the cohort see it."),
    )

    class Meta:
        model = Meeting
        fields = ["title", "language", "starts_at", "ends_at", "place", "join_url", "trainer", "counts"]
        widgets = {"language": forms.RadioSelect}
        labels = {
            "title": _("Title"),
            "language": pgettext_lazy("a meeting", "Language"),
            "place": _("Place"),
            "trainer": _("Trainer"),
            "counts": _("Its hours count towards attendance"),
        }

    def __init__(self, *args, cohort: Cohort, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        leading = cohort.roles.current().filter(name__in=(TRAINER, MANAGER))
        # Whoever leads it already may do so, also when her role has ended
        leads = Q(pk=self.instance.trainer_id) | Q(pk__in=leading.order_by().values("user"))
        self.fields["trainer"].queryset = User.objects.filter(leads)
        self.fields["trainer"].empty_label = _("not known yet")
        if not leading.filter(user=user, name=MANAGER).exists():
            # A trainer keeps her own meetings alone
            self.fields["trainer"].disabled = True
            self.initial["trainer"] = user.pk

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and begins >= ends:
            self.add_error("ends_at", _("The end lies before the beginning."))
        if not cleaned.get("place") and not cleaned.get("join_url") and "join_url" not in self.errors:
            self.add_error("place", _("Please say where: a place, a link, or both."))
        return cleaned

    def _post_clean(self):
        """Nothing is written onto the meeting here: the action compares what stands with what was sent."""


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The participants read this text.")
    )


class MaterialForm(forms.Form):
    address = forms.CharField(
        label=_("Address of the material"), max_length=300, help_text=_("Copy it from the page of the material in the library.")
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_address(self) -> Material:
        found = MATERIAL.search(self.cleaned_data["address"].partition("?")[0].strip())
        material = found and Material.objects.visible_to(self.user).published().filter(pk=found[1]).first()
        if not material:
            raise forms.ValidationError(_("No material of the library stands at this address."))
        return material
