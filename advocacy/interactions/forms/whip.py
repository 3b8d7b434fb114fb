"""What a whip count asks: which body, which days, where somebody stands, and how many votes are needed."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.forms.contact import date_input, not_before_records
from advocacy.interactions.models import Confidentiality, Stance, StanceEvidence
from advocacy.interactions.standings import SIDES
from legislation.voting_bodies import Bodies, Body
from members.access import chapters_to_log_for, reach_of
from members.models import Chapter


class WhipFilters(forms.Form):
    """Which members to show, and between which days somebody moved. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the members"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or district")}),
    )
    body = forms.ChoiceField(label=_("Who votes"), required=False)
    side = forms.ChoiceField(
        label=_("Where they stand"),
        choices=[("", _("Any")), *((code, label) for code, (label, _stances) in SIDES.items())],
        required=False,
    )
    since = forms.DateField(
        label=_("Who moved since"), required=False, widget=date_input(), validators=[not_before_records]
    )
    until = forms.DateField(
        label=_("As of"), required=False, widget=date_input(), validators=[not_before_records]
    )

    def __init__(self, *args: Any, bodies: Bodies, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies, self.today = bodies, today
        where = bodies.at
        first = _("Where it stands: %(body)s") % {"body": where} if where else _("Any")
        others = [(one.key, str(one)) for one in bodies.all if not where or one.key != where.key]
        self.fields["body"].choices = [("", first), *others]  # type: ignore[attr-defined]
        self.fields["until"].validators.append(MaxValueValidator(today, _("This day has not come yet.")))
        self.is_valid()

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and since >= (until or self.today):
            self.add_error("since", _("The first day comes before the other one."))
        return self.cleaned_data

    @property
    def body_chosen(self) -> Body | None:
        return self.bodies.find(self.cleaned_data.get("body") or "")

    @property
    def day(self) -> date:
        return self.cleaned_data.get("until") or self.today

    @property
    def earlier(self) -> date | None:
        return self.cleaned_data.get("since")


class StanceForm(forms.Form):
    """Where a member stands. The button that is pressed says it, so that it takes one tap."""

    stance = forms.ChoiceField(
        label=_("Where they stand"),
        choices=Stance.choices,
        error_messages={"required": _("Press the button that says where they stand.")},
    )
    evidence = forms.ChoiceField(
        label=_("How we know"),
        choices=StanceEvidence.choices,
        initial=StanceEvidence.SAID_DIRECTLY,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    as_of = forms.DateField(label=_("As of"), widget=date_input(), validators=[not_before_records])
    source = forms.CharField(
        label=_("Where from"),
        max_length=200,
        required=False,
        help_text=_("Who said it where, or which page says so. No health information."),
    )
    chapter = forms.ModelChoiceField(label=_("Chapter"), queryset=Chapter.objects.none(), empty_label=None)
    confidentiality = forms.ChoiceField(
        label=_("Who may read this?"), choices=Confidentiality.choices, initial=Confidentiality.SHARED
    )

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapters = chapters_to_log_for(user).order_by("name", "pk")
        self.fields["chapter"].queryset = chapters  # type: ignore[attr-defined]
        own = chapters.filter(pk=reach_of(user).primary_chapter_id or 0).first()
        self.fields["chapter"].initial = own or chapters.first()
        self.fields["as_of"].initial = today
        self.fields["as_of"].validators.append(MaxValueValidator(today, _("This day has not come yet.")))


class VotesNeededForm(forms.Form):
    """How many votes carry it, where that is not a majority of the seats."""

    votes = forms.IntegerField(
        label=_("Votes needed"),
        min_value=1,
        max_value=2000,
        required=False,
        help_text=_("Empty: a majority of the seats."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        help_text=_("For example: two thirds, because it changes the constitution."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("votes") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is not a majority of the seats."))
        return cleaned


class HistoryFilters(forms.Form):
    """The day whose end is asked about."""

    hide_optional = True

    on = forms.DateField(
        label=_("As of"), required=False, widget=date_input(), validators=[not_before_records]
    )
