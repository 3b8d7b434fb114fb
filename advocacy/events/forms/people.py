"""Which of those who come a list shows, and in which order."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from advocacy.events.models import AdvocacyEvent, RegistrationStatus, Team
from advocacy.events.models.registration import RegistrationQuerySet
from advocacy.interactions.forms.filters import ANY


class Who(models.TextChoices):
    COMING = "coming", _("With a place")
    WAITING = "waiting", _("Waiting for a place")
    UNPROVEN = "unproven", _("Address not confirmed yet")
    WITHDRAWN = "withdrawn", pgettext_lazy("people", "Withdrawn")
    NO_TEAM = "no_team", _("Without a team")
    NO_DISTRICTS = "no_districts", _("Without districts")
    FIRST_TIMERS = "first", _("For the first time")
    NEEDS = "needs", _("With needs")


class Order(models.TextChoices):
    NAME = "name", _("Name")
    LATEST = "latest", _("Newest first")
    EARLIEST = "earliest", _("Oldest first")


_ORDERS = {
    Order.NAME: ("search_text", "pk"),
    Order.LATEST: ("-registered_at", "-pk"),
    Order.EARLIEST: ("registered_at", "pk"),
}


class PeopleFilters(forms.Form):
    """Who withdrew is shown only where that is asked for. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the people"),
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Name, employer or e-mail address")}
        ),
    )
    who = forms.ChoiceField(label=_("Who"), choices=[*ANY, *Who.choices], required=False)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("Any")
    )
    sort = forms.ChoiceField(label=_("Order"), choices=[*ANY, *Order.choices], required=False)

    def __init__(self, *args: Any, event: AdvocacyEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = event.teams.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.is_valid()

    @property
    def sorting(self) -> tuple[str, ...]:
        return _ORDERS[Order(self.cleaned_data.get("sort") or Order.NAME)]

    def narrow(self, rows: RegistrationQuerySet) -> RegistrationQuerySet:
        said = self.cleaned_data
        who = said.get("who")
        rows = _of(rows, who) if who else rows.exclude(status=RegistrationStatus.WITHDRAWN)
        if text := said.get("q"):
            rows = rows.search(text)
        return rows.filter(place__team=said["team"]) if said.get("team") else rows


def _of(rows: RegistrationQuerySet, who: str) -> RegistrationQuerySet:
    coming = rows.coming()
    kinds = {
        Who.COMING: coming,
        Who.WAITING: rows.waiting(),
        Who.UNPROVEN: rows.unproven(),
        Who.WITHDRAWN: rows.filter(status=RegistrationStatus.WITHDRAWN),
        Who.NO_TEAM: coming.filter(place=None),
        Who.NO_DISTRICTS: coming.without_districts(),
        Who.FIRST_TIMERS: coming.filter(is_first_timer=True),
        Who.NEEDS: coming.exclude(Q(access_needs="") & Q(diet="")),
    }
    return kinds[Who(who)]
