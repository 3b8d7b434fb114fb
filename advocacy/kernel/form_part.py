"""Forms with buttons that only draw them again: *Find* of a picker, *Add another* of a list."""

from django import forms
from django.forms.utils import ErrorDict


class Part(forms.Form):
    """A form, or one part of a larger one, that is drawn again half filled.

    Only what somebody wants to save is judged: *Find* and *Add another* draw the form again, half filled as it is.
    """

    # Most of the form may stay empty; its headings say what may not.
    hide_optional = True
    is_judged = True

    @property
    def errors(self) -> ErrorDict:
        found = super().errors
        return found if self.is_judged else ErrorDict()
