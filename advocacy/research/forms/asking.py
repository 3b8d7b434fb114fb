"""A question before saving: does this text identify a patient? Asked only where something looks so."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.research import patients


class AsksAboutPatients(forms.Form):
    """Says by each field of `watched` what seems to identify a patient, and is saved once that was looked at."""

    watched: tuple[str, ...] = ()
    is_no_patient = forms.BooleanField(
        label=gettext_lazy("I have looked at it: nothing here identifies a patient"),
        required=False,
        help_text=gettext_lazy(
            "The portal only knows what numbers and dates look like. A name or a rare story it does not notice."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = {name: str(self.data.get(self.add_prefix(name), "")) for name in self.watched}
        self.hints = patients.hints(typed) if self.is_bound else []
        self.order_fields([*(name for name in self.fields if name != "is_no_patient"), "is_no_patient"])
        if not self.hints:
            del self.fields["is_no_patient"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.hints and not said.get("is_no_patient"):
            for hint in self.hints:
                words = {"what": hint.what, "words": hint.words}
                text = _(
                    "“%(words)s” looks like %(what)s. Take it out, or confirm below that it identifies nobody."
                )
                self.add_error(hint.field, text % words)
        return said
