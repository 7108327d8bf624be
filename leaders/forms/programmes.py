"""Programmes, what their versions require, and by which criteria work is read: forms of the CMS."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.slugs import make_slug

from ..evaluate import GROUPS
from ..models import Criterion, Programme, ProgrammeVersion, Requirement, Rubric

NAMES = ("name_kk", "name_ru", "name_en")
COUNTED = ("some", "hours", "points", "attendance", "mentoring")
MOST_PER_CENT = 100
EMPTY_ROWS = 3
LONGEST_CODE = 60
WHOLE = "whole"


class ProgrammeForm(forms.ModelForm):
    is_retired = forms.BooleanField(
        label=_("No longer offered"), required=False, help_text=_("Its cohorts and certificates stay; new cohorts are not founded.")
    )

    class Meta:
        model = Programme
        fields = ["code", *NAMES, "level"]
        labels = {"code": _("Code in addresses and lists"), "level": _("Level")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["is_retired"] = bool(self.instance.retired_at)
        # Lists and certificates repeat it.
        self.fields["code"].disabled = bool(self.instance.pk)


class FirstVersionForm(forms.ModelForm):
    """The next version begins with what the one before requires."""

    class Meta:
        model = ProgrammeVersion
        fields = ["programme", "hours"]
        labels = {"programme": _("Programme"), "hours": _("Hours of the course")}


class RequirementRow(forms.Form):
    """One requirement, and the code of the group in which it stands."""

    code = forms.SlugField(label=pgettext_lazy("a requirement", "Code"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("a requirement", "Kind"), choices=[("", "…"), *Requirement.Kind.choices])
    name_kk = forms.CharField(label=_("name in Kazakh"), max_length=200)
    name_ru = forms.CharField(label=_("name in Russian"), max_length=200, required=False)
    name_en = forms.CharField(label=_("name in English"), max_length=200, required=False)
    amount = forms.IntegerField(
        label=_("How much"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Of attendance: per cent of the hours. Of a group: how many of it, hours or points. Of mentoring: meetings."),
    )
    hours = forms.IntegerField(label=_("Hours that it brings into a sum"), min_value=0, max_value=10_000, required=False)
    programme = forms.ModelChoiceField(Programme.objects.all(), label=_("Certificate of which programme"), required=False)
    inside = forms.SlugField(
        label=_("Code of the group in which it stands"), max_length=60, required=False, help_text=_("Left empty: the whole.")
    )

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in COUNTED and not cleaned.get("amount"):
            self.add_error("amount", _("Say how much."))
        if kind == "attendance" and (cleaned.get("amount") or 0) > MOST_PER_CENT:
            self.add_error("amount", _("At most a hundred per cent."))
        if (kind == "certificate") != bool(cleaned.get("programme")):
            self.add_error("programme", _("A programme is named for a certificate, and only for one."))
        return cleaned

    def node(self) -> dict:
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("code", "kind", *NAMES, "programme")},
            "amount": data["amount"] or 0,
            "hours": data["hours"] or 0,
            "children": [],
        }


class RequirementRows(forms.BaseFormSet):
    def clean(self):
        """Each in a group that is there, and no group in itself."""
        if any(self.errors):
            return
        kept = self.kept()
        insides = {form.cleaned_data["code"]: form.cleaned_data["inside"] for form in kept}
        groups = {form.cleaned_data["code"] for form in kept if form.cleaned_data["kind"] in GROUPS}
        seen = {WHOLE}
        for form in kept:
            code, inside = form.cleaned_data["code"], form.cleaned_data["inside"]
            if code in seen:
                form.add_error("code", _("This code is taken."))
            if inside and inside not in groups:
                form.add_error("inside", _("There is no group of this code."))
            elif is_circular(code, insides):
                form.add_error("inside", _("A group cannot stand in itself."))
            seen.add(code)
        if any(self.errors):
            raise ValidationError(_("Please check the requirements."))

    def kept(self) -> list[RequirementRow]:
        """Those that are filled in and not to be removed, in their order."""
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def tree(self, whole: dict) -> dict:
        nodes = {form.cleaned_data["code"]: form.node() for form in self.kept()}
        for form in self.kept():
            into = nodes.get(form.cleaned_data["inside"], whole)
            into["children"].append(nodes[form.cleaned_data["code"]])
        return whole


def is_circular(code: str, insides: dict[str, str]) -> bool:
    passed, inside = {code}, insides[code]
    while inside in insides:
        if inside in passed:
            return True
        passed.add(inside)
        inside = insides[inside]
    return False


Requirements = forms.formset_factory(RequirementRow, formset=RequirementRows, extra=EMPTY_ROWS, can_delete=True)


class VersionForm(forms.ModelForm):
    """A version while nobody stands on it: its hours, what the whole asks for, and the requirements below."""

    kind = forms.ChoiceField(label=_("To complete the programme takes"), choices=[(kind, Requirement.Kind(kind).label) for kind in GROUPS])
    amount = forms.IntegerField(label=_("How much"), min_value=0, max_value=10_000, required=False)

    class Meta:
        model = ProgrammeVersion
        fields = ["hours"]
        labels = {"hours": _("Hours of the course")}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        rows = list(self.instance.requirements.all())
        root = next((row for row in rows if row.parent_id is None), None)
        if root:
            self.initial |= {"kind": root.kind, "amount": root.amount}
        codes = {row.pk: row.code for row in rows}
        given = [row_of(row, "" if row.parent_id == root.pk else codes[row.parent_id]) for row in rows if row.parent_id]
        self.requirements = Requirements(data, initial=given, prefix="requirements")
        if not self.is_draft:
            for field in (*self.fields.values(), *(field for form in self.requirements for field in form.fields.values())):
                field.disabled = True

    @property
    def is_draft(self) -> bool:
        return self.instance.state == ProgrammeVersion.State.DRAFT

    def clean(self):
        cleaned = super().clean()
        if not self.is_draft:
            raise ValidationError(_("Cohorts stand on this version: begin a new one."))
        if cleaned.get("kind") in COUNTED and not cleaned.get("amount"):
            self.add_error("amount", _("Say how much."))
        if not self.requirements.is_valid():
            raise ValidationError(_("Please check the requirements."))
        return cleaned

    def tree(self) -> dict:
        programme = self.instance.programme
        names = {name: getattr(programme, name) for name in NAMES}
        whole = {"code": WHOLE, "kind": self.cleaned_data["kind"], "amount": self.cleaned_data["amount"] or 0, **names, "children": []}
        return self.requirements.tree(whole)


def row_of(row: Requirement, inside: str) -> dict:
    told = {name: getattr(row, name) for name in ("code", "kind", *NAMES, "amount", "hours")}
    return told | {"programme": row.programme_id, "inside": inside}


class CriterionRow(forms.ModelForm):
    class Meta:
        model = Criterion
        fields = [*NAMES, "description_kk", "description_ru", "description_en", "max_points"]
        labels = {
            "description_kk": _("Description in Kazakh"),
            "description_ru": _("Description in Russian"),
            "description_en": _("Description in English"),
            "max_points": _("Points at most"),
        }
        widgets = {f"description_{code}": forms.Textarea(attrs={"rows": 2}) for code in ("kk", "ru", "en")}


Criteria = forms.formset_factory(CriterionRow, extra=EMPTY_ROWS, can_delete=True, min_num=1, validate_min=True)


class RubricForm(forms.ModelForm):
    """Criteria of a version that is not yet in use."""

    class Meta:
        model = Rubric
        fields = ["version", *NAMES]
        labels = {"version": _("Version of a programme")}

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        drafts = ProgrammeVersion.objects.filter(state=ProgrammeVersion.State.DRAFT)
        self.fields["version"].queryset = drafts.select_related("programme")
        given = []
        if self.instance.pk:
            self.fields["version"].queryset = ProgrammeVersion.objects.filter(pk=self.instance.version_id)
            self.fields["version"].disabled = True
            given = list(self.instance.criteria.values(*CriterionRow.Meta.fields))
        self.criteria = Criteria(data, initial=given, prefix="criteria")

    def clean(self):
        cleaned = super().clean()
        version = cleaned.get("version")
        if version and version.state != ProgrammeVersion.State.DRAFT:
            raise ValidationError(_("Cohorts stand on this version: begin a new one."))
        if version and not self.instance.pk and version.rubrics.filter(code=self.code()).exists():
            self.add_error("name_kk", _("This version has criteria of this name."))
        if not self.criteria.is_valid():
            raise ValidationError(_("Please check the criteria."))
        return cleaned

    def rows(self) -> list[dict]:
        kept = [form.cleaned_data for form in self.criteria if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [{name: data[name] for name in CriterionRow.Meta.fields} for data in kept]

    def code(self) -> str:
        return self.instance.code or make_slug(self.cleaned_data.get("name_kk", ""))[:LONGEST_CODE]
