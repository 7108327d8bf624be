"""What is said to a certificate that is revoked or replaced, and the code of one that somebody wants to check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..codes import read_code
from ..models import Certificate

NAME_LENGTH = 250


class RevokeForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Why"),
        choices=Certificate.Ground.choices,
        widget=forms.RadioSelect,
        help_text=_("Everybody who checks the certificate reads this."),
    )
    reason = forms.CharField(
        label=_("What the holder should know"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the holder and those who issue certificates read this text."),
    )


class ReplaceForm(forms.Form):
    name_kk = forms.CharField(label=_("Name in Kazakh"), max_length=NAME_LENGTH)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=NAME_LENGTH)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LENGTH)

    def names(self) -> dict[str, str]:
        return {name.removeprefix("name_"): words for name, words in self.cleaned_data.items()}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=60,
        help_text=_("Twelve letters and digits, as they stand beside the QR code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("A code has twelve letters and digits. Please look at it once more."))
        return code
