"""The filters of the list of sign-on letters, a letter, our decision about it, and its next step."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.coalitions.actions.letters import SIGNED_FIELDS
from advocacy.coalitions.holders import chapters_to_write_for, may_write_for_the_society, owners_for
from advocacy.coalitions.models import Decision, LetterStatus, Organisation, SignOnLetter
from advocacy.coalitions.models.letter import NEEDS_REASON, SignOnLetterQuerySet
from advocacy.interactions.forms.contact import date_input, describe_official
from advocacy.interactions.forms.filters import ANY
from advocacy.kernel.believable_days import check_year
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from advocacy.kernel.zones import NORTH_AMERICAN_ZONES, zones_in_words
from legislation.models import Measure, Official
from members.access import reach_of
from members.models import Chapter

OURS, PARTNERS = "ours", "partners"
TO_DECIDE = "to_decide"
_MOMENT = "%Y-%m-%dT%H:%M"


class Order(models.TextChoices):
    LATEST = "", _("Latest deadline first")
    EARLIEST = "earliest", _("Earliest deadline first")
    RECEIVED = "received", _("Newest first")


ORDERS: dict[str, tuple[str, ...]] = {
    Order.LATEST: ("-hard_deadline_at", "-pk"),
    Order.EARLIEST: ("hard_deadline_at", "pk"),
    Order.RECEIVED: ("-received_on", "-pk"),
}


class LetterFilters(forms.Form):
    """Which letters to show. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search the letters"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search the letters")}),
    )
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[*ANY, (TO_DECIDE, _("Waiting for our decision")), *LetterStatus.choices],
        required=False,
    )
    led_by = forms.ChoiceField(
        label=_("Led by"),
        choices=[*ANY, (OURS, _("Us")), (PARTNERS, _("A partner"))],
        required=False,
    )
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )
    order = forms.ChoiceField(label=_("Order"), choices=Order.choices, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = SignOnLetter.objects.visible_to(user).order_by().values("chapter")
        self.fields["chapter"].queryset = Chapter.objects.filter(pk__in=shown).order_by("name", "pk")  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def sorting(self) -> tuple[str, ...]:
        return ORDERS[self.cleaned_data.get("order") or Order.LATEST]

    def narrow(self, rows: SignOnLetterQuerySet, now: datetime) -> SignOnLetterQuerySet:
        said = self.cleaned_data
        if text := said.get("q"):
            rows = rows.search(text)
        if status := said.get("status"):
            rows = rows.shown_as(status, now) if status != TO_DECIDE else rows.undecided().running(now)
        if led_by := said.get("led_by"):
            rows = rows.filter(lead__isnull=led_by == OURS)
        return rows.filter(chapter=said["chapter"]) if said.get("chapter") else rows


def _moment_field(label: Any, help_text: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget, validators=[check_year])


class LetterForm(Part):
    """One letter as it was received or begun. Its moments are read by the clock of its zone."""

    chapter = forms.ModelChoiceField(label=_("For"), queryset=Chapter.objects.none())
    lead = forms.ModelChoiceField(
        label=_("Who leads it?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("We do, and invite others"),
        help_text=_("A partner that leads it asks us to sign."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    title_fr = forms.CharField(label=_("Title in French"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text in English"),
        max_length=30_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("An empty line begins a new paragraph."),
    )
    text_fr = forms.CharField(
        label=_("Text in French"),
        max_length=30_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    officials: PickManyField[Official] = PickManyField(
        label=_("Addressed to officials"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=describe_official,
        placeholder=_("Name, district, state or committee"),
        required=False,
    )
    agency = forms.CharField(label=_("Addressed to an agency"), max_length=200, required=False)
    measure: PickManyField[Measure] = PickManyField(
        label=_("Measure"),
        suggest_url="legislation:measure_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda measure: (
            f"{measure.number} ({measure.session})",
            measure.short_name or measure.title,
        ),
        placeholder=_("Number or title"),
        help_text=_("Then we sign only under an approved position."),
        required=False,
    )
    owner = forms.ModelChoiceField(label=_("Our owner"), queryset=User.objects.none(), empty_label=None)
    received_on = forms.DateField(label=_("Received on"), widget=date_input())
    zone = forms.ChoiceField(
        label=_("Time zone of the deadlines"), choices=zones_in_words, initial="America/New_York"
    )
    soft_deadline_at = _moment_field(_("Soft deadline"), _("When answers are hoped for."))
    hard_deadline_at = _moment_field(_("Hard deadline"), _("After this moment nothing is signed any more."))

    def __init__(self, *args: Any, user: User, letter: SignOnLetter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.letter = user, letter
        self.fields["measure"].widget.multiple = False
        self.fields["officials"].offer(Official.objects.visible_to(user).with_seats())  # type: ignore[attr-defined]  # a picker
        measures = Measure.objects.visible_to(user).select_related("session__jurisdiction")
        self.fields["measure"].offer(measures)  # type: ignore[attr-defined]  # a picker
        self._offer("lead", Organisation.objects.visible_to(user))
        self._offer("chapter", chapters_to_write_for(user))
        self._offer("owner", owners_for(user, now_owned_by=letter.owner_id if letter else None))
        if may_write_for_the_society(user):
            self.fields["chapter"].required = False
            self.fields["chapter"].empty_label = _("The society itself")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.initial = {**self._begun(), **(self._stored(letter) if letter else {}), **self.initial}

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def _begun(self) -> dict[str, Any]:
        today = self.user.today(timezone.now())
        primary = None if may_write_for_the_society(self.user) else reach_of(self.user).primary_chapter_id
        zone = self.user.time_zone if self.user.time_zone in NORTH_AMERICAN_ZONES else "America/New_York"
        return {"owner": self.user.pk, "received_on": today, "chapter": primary, "zone": zone}

    def _stored(self, letter: SignOnLetter) -> dict[str, Any]:
        place = ZoneInfo(letter.zone)
        known = {name: getattr(letter, name) for name in self.fields if name not in ("officials", "measure")}
        for name in ("soft_deadline_at", "hard_deadline_at"):
            known[name] = known[name].astimezone(place).replace(tzinfo=None)
        measure = [letter.measure] if letter.measure else []
        return known | {"officials": list(letter.officials.all()), "measure": measure}

    def freeze_what_is_signed(self) -> None:
        for name in SIGNED_FIELDS:
            self.fields.pop(name, None)

    def full_clean(self) -> None:
        zone = self.data.get("zone", "") if self.is_bound else ""
        with timezone.override(zone if zone in NORTH_AMERICAN_ZONES else None):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        soft, hard = said.get("soft_deadline_at"), said.get("hard_deadline_at")
        if soft and hard and soft > hard:
            self.add_error("soft_deadline_at", _("The soft deadline cannot be after the hard one."))
        if "text" in self.fields:
            self._check_text(said)
        return said

    def _check_text(self, said: dict[str, Any]) -> None:
        if not (said.get("text") or said.get("text_fr")):
            self.add_error("text", _("Give the text in English, in French, or in both."))
        if not (said.get("agency") or said.get("officials")) and not self.has_error("officials"):
            self.add_error("agency", _("Say to whom it is addressed: an agency, or officials."))
        if len(said.get("measure") or []) > 1:
            self.add_error("measure", _("Choose one measure."))

    def said(self) -> dict[str, Any]:
        """What the action takes; frozen fields as they are stored."""
        said = dict(self.cleaned_data)
        if "measure" in said:
            said["measure"] = next(iter(said["measure"]), None)
        if "officials" not in said and self.letter:
            said["officials"] = self.letter.officials.all()
        return said


class DecisionForm(forms.Form):
    """Whether we sign; a reason where we do not, or not yet."""

    hide_optional = True

    decision = forms.ChoiceField(
        label=_("Our decision"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
    )
    signed_as = forms.CharField(
        label=_("Signed as"),
        max_length=200,
        required=False,
        help_text=_("Our name as it shall stand below the letter. Needed to sign."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed to decline, or to ask for changes."),
    )
    late_reason = forms.CharField(
        label=_("Why it comes late"),
        max_length=300,
        required=False,
        help_text=_("The hard deadline has passed: say who agreed to add us, and when."),
    )

    def __init__(self, *args: Any, is_late: bool, why_not_sign: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.why_not_sign = why_not_sign
        if is_late:
            self.fields["late_reason"].required = True
        else:
            del self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        decision = said.get("decision")
        if decision in NEEDS_REASON and not said.get("reason", "").strip():
            self.add_error("reason", _("Say why, or what should change."))
        if decision == Decision.SIGN and not said.get("signed_as", "").strip():
            self.add_error("signed_as", _("Say under which name we sign."))
        if decision == Decision.SIGN and self.why_not_sign:
            self.add_error("decision", self.why_not_sign)
        return said


class StepForm(forms.Form):
    """What a step needs to know; a lock needs nothing."""

    sent_on = forms.DateField(label=_("Sent on"), widget=date_input())
    final_count = forms.IntegerField(
        label=_("Number of signatories"),
        min_value=1,
        max_value=1_000_000,
        help_text=_("As the partner who led it told us."),
    )
    outcome = forms.CharField(
        label=_("What came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, wanted: tuple[str, ...], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial = {"sent_on": today, **self.initial}
        for name in set(self.fields) - set(wanted):
            del self.fields[name]

    def clean_sent_on(self) -> Any:
        day = self.cleaned_data["sent_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day
