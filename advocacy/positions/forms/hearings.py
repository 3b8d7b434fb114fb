"""Choosing one of a measure's hearings."""

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.models import Hearing, Measure


class HearingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    """Named by its committee and its time on the clock of the room."""

    def __init__(self) -> None:
        super().__init__(label=_("Hearing"), queryset=Hearing.objects.none(), required=False)

    def label_from_instance(self, obj: Hearing) -> str:
        return f"{obj.held_by}, {formats.date_format(obj.starts_there, 'DATETIME_FORMAT')}"

    def offer(self, user: User, measure: Measure) -> None:
        rows = Hearing.objects.visible_to(user).filter(measures=measure).standing()
        self.queryset = rows.select_related("committee").order_by("starts_at", "pk")
