from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.events.models import AdvocacyEvent
from advocacy.events.models.event import AdvocacyEventQuerySet
from advocacy.interactions.forms.filters import ANY
from members.models import Chapter


class When(models.TextChoices):
    COMING = "coming", _("To come")
    PAST = "past", _("Past")


class EventFilters(forms.Form):
    """Which Advocacy Days to show. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the Advocacy Days"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search the Advocacy Days")}),
    )
    when = forms.ChoiceField(label=_("When"), choices=[*ANY, *When.choices], required=False)
    chapter = forms.ModelChoiceField(
        label=_("Host chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = AdvocacyEvent.objects.visible_to(user).order_by().values("hosts")
        self.fields["chapter"].queryset = Chapter.objects.filter(pk__in=shown).order_by("name", "pk")  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def sorting(self) -> tuple[str, ...]:
        """What is to come: the next one first; everything else, the newest first."""
        return ("held_on", "pk") if self.cleaned_data.get("when") == When.COMING else ("-held_on", "-pk")

    def narrow(self, rows: AdvocacyEventQuerySet, today: date) -> AdvocacyEventQuerySet:
        said = self.cleaned_data
        if text := said.get("q"):
            rows = rows.search(text)
        if when := said.get("when"):
            rows = rows.coming(today) if when == When.COMING else rows.past(today)
        return rows.filter(hosts=said["chapter"]) if said.get("chapter") else rows
