"""The filters of the directory: each in the URL, each a condition on what the reader may see."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation import freshness
from legislation.models import Chamber, Committee, Jurisdiction, PartyAffiliation, Seat
from legislation.models.official import OfficialQuerySet

FORMER, ELECT, EVERYBODY = "former", "elect", "everybody"
NEWEST, STALE = "newest", "stale"
ORDERS = {"": ("sort_name", "pk"), NEWEST: ("-pk",)}


class OfficialFilters(forms.Form):
    """Whom to show. An unreadable value is named beside its field, and filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search officials"),
        required=False,
        max_length=100,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Name, district, state, party, committee")}
        ),
    )
    jurisdiction = forms.ModelChoiceField(
        label=_("State or legislature"),
        queryset=Jurisdiction.objects.none(),
        required=False,
        empty_label=_("Any"),
    )
    chamber = forms.ModelChoiceField(
        label=_("Chamber"), queryset=Chamber.objects.none(), required=False, empty_label=_("Any")
    )
    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), required=False, empty_label=_("Any")
    )
    status = forms.ChoiceField(
        label=_("In office"),
        required=False,
        choices=[
            ("", _("In office now")),
            (ELECT, _("Taking office")),
            (FORMER, _("Former")),
            (EVERYBODY, _("Everybody")),
        ],
    )
    age = forms.ChoiceField(
        label=_("How sure it is"),
        required=False,
        choices=[("", _("Any")), (STALE, _("May be out of date"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("By name")), (NEWEST, _("Newest in the record"))],
    )
    party = forms.ChoiceField(label=_("Party"), required=False)

    def __init__(self, *args: Any, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.day = user, day
        # A list of places of which the narrower ones follow from the wider one, so that no list is endless.
        places = Jurisdiction.objects.visible_to(user).with_a_legislature()
        self._offer("jurisdiction", places)
        chosen = self._chosen_place(places)
        chambers = Chamber.objects.visible_to(user).exclude(code="local").order_by("name", "pk")
        committees = Committee.objects.visible_to(user).filter(ended_on=None)
        if chosen is not None:
            chambers = chambers.filter(jurisdiction__in=[chosen.pk, chosen.parent_id])
            committees = committees.filter(jurisdiction=chosen).select_related("parent")
        else:
            self.fields["committee"].widget = forms.HiddenInput()
        self._offer("chamber", chambers)
        self._offer("committee", committees)
        parties = PartyAffiliation.objects.visible_to(user).in_force(day).order_by("party")
        self.fields["party"].choices = [  # type: ignore[attr-defined]
            ("", _("Any")),
            *((party, party) for party in parties.values_list("party", flat=True).distinct()),
        ]

    def _chosen_place(self, places: Any) -> Jurisdiction | None:
        key = str(self.data.get("jurisdiction", ""))
        found: Jurisdiction | None = places.filter(pk=key).first() if key.isdecimal() else None
        return found

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def order(self) -> tuple[str, ...]:
        return ORDERS[self.cleaned_data.get("sort", "")]

    def narrow(self, officials: OfficialQuerySet) -> OfficialQuerySet:
        """The officials who pass every filter given."""
        self.is_valid()
        given = self.cleaned_data
        officials = self._of_status(officials)
        if text := given.get("q"):
            officials = officials.search(text, self.day)
        if party := given.get("party"):
            officials = officials.of_party(party, self.day)
        if committee := given.get("committee"):
            officials = officials.on_committee(committee.pk, self.day)
        if given.get("age") == STALE:
            officials = freshness.stale(officials, self.day)
        return officials

    def _of_status(self, officials: OfficialQuerySet) -> OfficialQuerySet:
        """In office, former or everybody: in the seats asked for, when some are."""
        status, seats = self.cleaned_data.get("status", ""), self._seats()
        if status == FORMER:
            officials = officials.former(self.day)
        elif status == ELECT:
            officials = officials.elect(self.day)
        if seats is None:
            return officials.in_office(self.day) if not status else officials
        return officials.holding(seats, self.day) if not status else officials.ever_held(seats)

    def _seats(self) -> Any:
        """Seats that lie in the place and in the chamber: both at once, as a Texas seat of the U.S. House."""
        seats = Seat.objects.all()
        if place := self.cleaned_data.get("jurisdiction"):
            seats = seats.for_jurisdiction([place.pk])
        if chamber := self.cleaned_data.get("chamber"):
            seats = seats.filter(chamber=chamber)
        return seats if place or chamber else None
