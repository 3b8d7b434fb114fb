"""What the parts of the log form share."""

from django import forms
from django.forms.utils import ErrorDict


class Part(forms.Form):
    """One part of the log form.

    Only what somebody wants to save is judged: *Find* and *Add another* draw the form again, half filled as it is.
    """

    # Most of the form may stay empty; its headings say what may not.
    hide_optional = True
    is_judged = True

    @property
    def errors(self) -> ErrorDict:
        found = super().errors
        return found if self.is_judged else ErrorDict()
