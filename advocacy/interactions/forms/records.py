from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it deleted?"),
        max_length=200,
        help_text=_("Kept with the record, which can be restored."),
    )
