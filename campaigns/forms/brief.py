"""The brief of a campaign and whom it asks."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import RowsField
from advocacy.kernel.schedules import moment_of
from campaigns import choosing
from campaigns.forms.begin import measures_field
from campaigns.models import Campaign, ContactList
from legislation.models import Measure
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Campaign]
else:
    _ModelForm = forms.ModelForm
_END_OF_DAY = time(23, 59)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _hour() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


_SECTIONS = (
    (_("What it is about"), (
        ("name",), ("name_fr",), ("kind",), ("measures",), ("ask",), ("ask_fr",), ("summary",), ("summary_fr",),
    )),
    (_("When"), (("opens_on", "opens_time"), ("closes_on", "closes_time"), ("zone",))),
    (_("What we want to reach"), (
        ("goal",), ("wanted_participants", "wanted_officials", "wanted_personalised"), ("next_campaign",),
    )),
    (_("What each letter needs"), (("needs_own_words",), ("word_limit",), ("handover_url",))),
    (_("For ourselves"), (
        ("owner",), ("slug",), ("compliance",), ("tolerated_drift",), ("french_waived_because",),
    )),
)  # fmt: skip


class BriefForm(Part, _ModelForm):
    """Days and hours are told by the clock of the zone chosen beside them."""

    opens_on = forms.DateField(label=_("Opens on"), required=False, widget=_day())
    opens_time = forms.TimeField(label=_("at"), required=False, widget=_hour())
    closes_on = forms.DateField(
        label=_("Closes on"), required=False, widget=_day(), help_text=_("The last day to take part.")
    )
    closes_time = forms.TimeField(label=_("at"), required=False, widget=_hour())
    measures = measures_field()
    handover_url = forms.URLField(
        label=_("Outside action centre"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Offered as a link to go on there; what happens there we do not know."),
    )

    class Meta:
        model = Campaign
        fields = (
            "name", "name_fr", "slug", "kind", "goal", "ask", "ask_fr", "summary", "summary_fr", "zone", "owner",
            "compliance", "wanted_participants", "wanted_officials", "wanted_personalised", "needs_own_words",
            "word_limit", "handover_url", "tolerated_drift", "french_waived_because", "next_campaign",
        )  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 5}),
            "summary_fr": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign = self.instance
        if campaign.launched_at:
            del self.fields["slug"]
        if not reach_of(user).is_staff:
            del self.fields["french_waived_because"]
        self._offer("owner", choosing.owners_for(campaign))
        others = Campaign.objects.visible_to(user).exclude(pk=campaign.pk)
        self._offer("next_campaign", others)
        self.fields["next_campaign"].empty_label = _("None")  # type: ignore[attr-defined]  # a ModelChoiceField
        picked: Any = self.fields["measures"]
        picked.offer(Measure.objects.visible_to(user).select_related("session__jurisdiction"))
        self.initial = {**self.initial, **self._window()}
        self.initial["measures"] = [one.pk for one in campaign.measures.all()]

    @property
    def sections(self) -> list[tuple[str, list[list[forms.BoundField]]]]:
        """The fields under their headings, in the order in which one thinks of them, row by row."""
        return [
            (str(legend), [[self[name] for name in row if name in self.fields] for row in rows])
            for legend, rows in _SECTIONS
        ]

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def _window(self) -> dict[str, Any]:
        zone = ZoneInfo(self.instance.zone)
        found: dict[str, Any] = {}
        for name in ("opens", "closes"):
            if moment := getattr(self.instance, f"{name}_at"):
                local = moment.astimezone(zone)
                found |= {f"{name}_on": local.date(), f"{name}_time": local.time()}
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        zone = said.get("zone") or self.instance.zone
        said["opens_at"] = _moment(said.get("opens_on"), said.get("opens_time") or time(9), zone)
        said["closes_at"] = _moment(said.get("closes_on"), said.get("closes_time") or _END_OF_DAY, zone)
        if said["opens_at"] and said["closes_at"] and said["closes_at"] <= said["opens_at"]:
            self.add_error("closes_on", _("A campaign closes after it opens."))
        return said

    def said(self) -> dict[str, Any]:
        """For the action: the fields of the campaign, its window and its measures."""
        names = [name for name in self.Meta.fields if name in self.fields]
        return {name: self.cleaned_data[name] for name in (*names, "opens_at", "closes_at", "measures")}


def _moment(day: date | None, hour: time, zone: str) -> datetime | None:
    """An hour that the clocks leave out is the first one there is; of one that comes twice, the first."""
    return moment_of(day, hour, zone) if day else None


class AskedForm(forms.Form):
    """Whose members are asked, and which lists."""

    hide_optional = True

    asks_members = forms.BooleanField(label=_("Ask the members of the chapters taking part"), required=False)
    chapters = RowsField(
        label=_("Chapters taking part"),
        queryset=Chapter.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        help_text=_("Yours, and those of your state team. National staff add others."),
    )
    lists = RowsField(
        label=_("Lists"),
        queryset=ContactList.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        help_text=_("Everybody is written to once, however many lists they stand on."),
    )

    def __init__(self, *args: Any, user: User, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("chapters", choosing.chapters_for(user, campaign)),
            ("lists", choosing.lists_for(user, campaign).filter(is_test=False)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a RowsField
            self.initial[name] = [one.pk for one in getattr(campaign, name).all()]
        self.initial["asks_members"] = campaign.asks_members
