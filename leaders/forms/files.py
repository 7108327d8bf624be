"""Files in forms."""

from django import forms

from portal.files import ACCEPT


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """As many as are chosen, or none. What each of them is, is looked at when it is stored."""

    widget = ManyFilesInput(attrs={"accept": ACCEPT, "multiple": True})

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, data, initial=None) -> list:
        return [super(FilesField, self).clean(file, initial) for file in data or []]
