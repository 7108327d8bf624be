from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.models import User

from ..models import CohortRole


class RoleForm(forms.Form):
    """Somebody of whom one knows the address by which she signs in."""

    person = forms.EmailField(label=_("E-mail of the person"), help_text=_("The one by which she or he signs in to the portal."))
    name = forms.ChoiceField(label=_("Role in the cohort"), choices=CohortRole.Name, widget=forms.RadioSelect)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_person(self) -> User:
        found = User.objects.visible_to(self.user).filter(email_key=self.cleaned_data["person"].lower()).first()
        if not found:
            raise ValidationError(_("Nobody signs in to the portal by this address."))
        return found
