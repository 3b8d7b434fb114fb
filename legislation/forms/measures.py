"""The filters of the list of measures: each in the URL, each a condition on what the reader may see."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.measure_filters import MeasureFilter, measure_filters
from legislation.models import (
    Committee,
    Hearing,
    Jurisdiction,
    LegislativeSession,
    MeasureKind,
    SavedSearch,
    Sponsorship,
    Stage,
)
from legislation.models.measure import BY_RELEVANCE, MeasureQuerySet
from legislation.models.saved_search import written_down

ANY = [("", _("Any"))]
NEWEST, NUMBER = "newest", "number"
ORDERS = {NEWEST: ("-last_action_on", "number_key", "pk"), NUMBER: ("number_key", "pk")}
# The two at the end come after what higher rooms add.
_LAST = ("since", "until", "sort")


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeasureFilters(forms.Form):
    """Which measures to show. An unreadable value is named beside its field, and filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search measures"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Number, title, summary, subject or action")}
        ),
    )
    jurisdiction = forms.ModelChoiceField(
        label=_("State or legislature"),
        queryset=Jurisdiction.objects.none(),
        required=False,
        empty_label=_("Any"),
    )
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=LegislativeSession.objects.none(), required=False, empty_label=_("Any")
    )
    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), required=False, empty_label=_("Any")
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=[*ANY, *Stage.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*ANY, *MeasureKind.choices], required=False)
    sponsor = forms.CharField(label=_("Sponsor (part of a name)"), max_length=80, required=False)
    since = forms.DateField(label=_("Last action from"), required=False, widget=_date_input())
    until = forms.DateField(label=_("Last action to"), required=False, widget=_date_input())
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("Best match, or newest action")),
            (NEWEST, _("Newest action")),
            (NUMBER, _("By number")),
        ],
    )

    def __init__(self, *args: Any, user: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.day = user, day
        self._offer_places()
        self.from_above: dict[str, MeasureFilter] = {
            name: measure_filters[name](user, day) for name in measure_filters.names()
        }
        for name, one in self.from_above.items():
            self.fields[name] = one.field
        self.order_fields([name for name in self.fields if name not in _LAST])

    def _offer_places(self) -> None:
        """Sessions and committees follow from the legislature that is chosen, so that no list is endless."""
        places = Jurisdiction.objects.visible_to(self.user).with_a_legislature()
        sessions = LegislativeSession.objects.visible_to(self.user).select_related("jurisdiction")
        committees = Committee.objects.visible_to(self.user).select_related("parent")
        chosen = str(self.data.get("jurisdiction", ""))
        if chosen.isdecimal() and len(chosen) < 19:
            sessions = sessions.filter(jurisdiction=int(chosen))
            committees = committees.filter(jurisdiction=int(chosen), ended_on=None)
        else:
            self.fields["session"].widget = self.fields["committee"].widget = forms.HiddenInput()
        for name, rows in (("jurisdiction", places), ("session", sessions), ("committee", committees)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return self.cleaned_data

    @property
    def text(self) -> str:
        text: str = self.cleaned_data.get("q", "")
        return text

    @property
    def order(self) -> tuple[str, ...]:
        """As asked; otherwise the best match first where there is a search, and the newest action where not."""
        usual = BY_RELEVANCE if self.text else ORDERS[NEWEST]
        return ORDERS.get(self.cleaned_data.get("sort", ""), usual)

    @property
    def query(self) -> str:
        """The filters in force as they stand in an address."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if name in self.fields}
        return written_down({name: getattr(value, "pk", value) for name, value in given.items()})

    def narrow(self, measures: MeasureQuerySet) -> MeasureQuerySet:
        """The measures that pass every filter given."""
        self.is_valid()
        return self.filtered(measures.search(self.text) if self.text else measures)

    def filtered(self, measures: MeasureQuerySet) -> MeasureQuerySet:
        """The measures that pass every filter given but the text."""
        self.is_valid()
        for name, value in self.cleaned_data.items():
            if value in (None, ""):
                continue
            if name in self.from_above:
                measures = self.from_above[name].narrow(measures, value)
            elif name in _FILTERS:
                measures = _FILTERS[name](measures, value, self.day)
        return measures

    def ranked(self, measures: MeasureQuerySet) -> MeasureQuerySet:
        """With what the order asks for."""
        return measures.with_rank(self.text) if "rank" in self.order else measures


def _before_committee(measures: MeasureQuerySet, committee: Committee, day: date) -> MeasureQuerySet:
    """Heard by it, or put forward by it."""
    heard = Hearing.objects.filter(committee=committee).order_by().values("measures")
    own = Sponsorship.objects.filter(committee=committee).order_by().values("measure")
    return measures.filter(Q(pk__in=heard) | Q(pk__in=own))


def _sponsored(measures: MeasureQuerySet, name: str, day: date) -> MeasureQuerySet:
    return measures.filter(pk__in=Sponsorship.objects.standing().of(name).order_by().values("measure"))


_FILTERS: dict[str, Callable[[MeasureQuerySet, Any, date], MeasureQuerySet]] = {
    "jurisdiction": lambda measures, place, day: measures.filter(session__jurisdiction=place),
    "session": lambda measures, session, day: measures.filter(session=session),
    "committee": _before_committee,
    "stage": lambda measures, stage, day: measures.at_stage(stage, day),
    "kind": lambda measures, kind, day: measures.filter(kind=kind),
    "sponsor": _sponsored,
    "since": lambda measures, first, day: measures.filter(last_action_on__gte=first),
    "until": lambda measures, last, day: measures.filter(last_action_on__lte=last),
}


class SavedSearchForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """The name of a saved search; its filters come from the list."""

    class Meta:
        model = SavedSearch
        fields = ("name",)


class SearchAlertForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """How often the owner is told of new measures."""

    class Meta:
        model = SavedSearch
        fields = ("cadence",)
