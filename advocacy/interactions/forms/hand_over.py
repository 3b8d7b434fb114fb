"""Who hands their work for a chapter over to whom."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.actions.hand_over import Holder
from members.access import people_visible_to
from members.models import Chapter, RoleAssignment


class HandOverForm(forms.Form):
    outgoing = forms.ModelChoiceField(label=_("Who hands over"), queryset=User.objects.none())
    incoming = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        help_text=_("They become chapter advocate today, if they are not yet."),
    )

    def __init__(
        self, *args: Any, user: User, chapter: Chapter, holders: list[Holder], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        with_work = User.objects.filter(pk__in=[one.person.pk for one in holders]).order_by("full_name", "pk")
        here = RoleAssignment.objects.in_force(today).filter(chapter=chapter).values("person")
        people = people_visible_to(user).filter(pk__in=here, is_active=True).order_by("full_name", "pk")
        self.fields["outgoing"].queryset = with_work  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["incoming"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outgoing") and cleaned.get("outgoing") == cleaned.get("incoming"):
            self.add_error("incoming", _("Hand over to somebody else."))
        return cleaned
