"""Naming the key contacts of a chapter with an official, and ending one."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.models import Rank
from legislation.directory import place_of
from legislation.models import Seat
from members.access import people_visible_to
from members.models import Chapter, JurisdictionTeam, RoleAssignment


class KeyContactForm(forms.Form):
    """Who of the chapter keeps in touch with the official, and who goes first."""

    person = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    rank = forms.ChoiceField(
        label=_("Rank"),
        choices=Rank.choices,
        initial=Rank.PRIMARY,
        help_text=_("One primary key contact for each official; as many secondary ones as you like."),
    )
    former_stays = forms.BooleanField(
        label=_("The primary key contact so far stays as secondary"), required=False, initial=True
    )
    team = forms.ModelChoiceField(
        label=_("Also primary for the team"),
        queryset=JurisdictionTeam.objects.none(),
        required=False,
        empty_label=_("No"),
    )

    def __init__(
        self, *args: Any, user: User, chapter: Chapter, seat: Seat | None, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        here = RoleAssignment.objects.in_force(today).filter(chapter=chapter).values("person")
        people = people_visible_to(user).filter(pk__in=here, is_active=True).order_by("full_name", "pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField
        teams = JurisdictionTeam.objects.visible_to(user).filter(
            jurisdiction__in=chapter.territories.values("jurisdiction")
        )
        teams = teams.filter(jurisdiction=place_of(seat).pk) if seat else teams.none()
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a ModelChoiceField
        if not teams:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("team") and cleaned.get("rank") != Rank.PRIMARY:
            self.add_error("team", _("Who speaks for the team is a primary key contact."))
        return cleaned


class EndKeyContactForm(forms.Form):
    reason = forms.CharField(label=_("Why does it end?"), max_length=200)
