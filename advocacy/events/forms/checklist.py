"""Steps of the checklist."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.holders import owners_for
from advocacy.events.models import ChecklistItem, Step
from advocacy.interactions.forms.contact import date_input


class ItemForm(forms.Form):
    """A step's day and owner; of one's own step, its words too."""

    text = forms.CharField(label=_("What to do"), max_length=200)
    due_on = forms.DateField(label=_("Due"), widget=date_input())
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("The coordinator")
    )

    def __init__(self, *args: Any, user: User, item: ChecklistItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = item.owner_id if item else None
        self.fields["owner"].queryset = owners_for(user, now_owned_by=owner)  # type: ignore[attr-defined]  # a ModelChoiceField
        if item:
            self.initial = {"text": item.text, "due_on": item.due_on, "owner": owner, **self.initial}
            if item.step != Step.OWN:
                del self.fields["text"]
