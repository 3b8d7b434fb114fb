from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legislation.models import Decision


class LeaverDecisionForm(forms.Form):
    """What becomes of one thing that is addressed to somebody who left."""

    decision = forms.ChoiceField(label=_("What becomes of it?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed only to close it."),
    )

    def __init__(self, *args: Any, successor: object | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, str]] = [
            (Decision.KEEP_FOR_PERSON.value, str(Decision.KEEP_FOR_PERSON.label)),
            (Decision.CLOSE.value, str(Decision.CLOSE.label)),
        ]
        if successor:
            label = _("Keep for the successor, %(name)s") % {"name": successor}
            choices.insert(0, (Decision.KEEP_FOR_SUCCESSOR.value, label))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("decision") == Decision.CLOSE and not values.get("reason"):
            self.add_error("reason", _("Say why it is closed."))
        return values
