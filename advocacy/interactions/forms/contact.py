"""The main part of the log form: one screen on a phone, the rest in foldable sections."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.entry import Facts, Met
from advocacy.interactions.models import (
    Capacity,
    Confidentiality,
    Initiator,
    Kind,
    Level,
    Purpose,
    State,
)
from advocacy.kernel.folding import fold
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField, RowsField
from advocacy.kernel.zones import today_in, zones_in_words
from advocacy.positions.models import Issue, Material
from advocacy.positions.suggestions import describe_material, followed_by
from legislation import suggestions
from legislation.models import Committee, Measure, Official, Staffer, StafferRole
from members.access import chapters_to_log_for, people_visible_to, reach_of
from members.models import Chapter

_LEVEL_OF_ROLE = {
    StafferRole.CHIEF_OF_STAFF: Level.SENIOR_STAFF,
    StafferRole.LEGISLATIVE_DIRECTOR: Level.SENIOR_STAFF,
    StafferRole.SCHEDULER: Level.SCHEDULER,
    StafferRole.DISTRICT_DIRECTOR: Level.DISTRICT_STAFF,
    StafferRole.CONSTITUENCY_ASSISTANT: Level.DISTRICT_STAFF,
    StafferRole.COMMITTEE_STAFF: Level.COMMITTEE_STAFF,
    StafferRole.FRONT_DESK: Level.FRONT_DESK,
}
_SUBSTANCE = (
    "concerns", "questions", "recommendations", "allies", "personal_notes", "stories_used", "materials_left",
    "partners_present",
)  # fmt: skip


def level_of(staffer: Staffer) -> Level:
    """The level of DOMAIN.md §4.2 at which a staffer of this role is met."""
    return _LEVEL_OF_ROLE.get(StafferRole(staffer.role), Level.POLICY_STAFF)


def has_left_by(official: Official, day: date) -> bool:
    """Every tenure on record ended on or before `day`; somebody about to be sworn in has not left."""
    tenures = list(official.tenures.all())
    over = [
        one for one in tenures if one.ends_on is not None and one.ends_on <= day and not one.end_is_expected
    ]
    return bool(tenures) and len(over) == len(tenures)


def describe_official(official: Official) -> tuple[str, str]:
    _key, label, hint = suggestions.describe_official(official, timezone.localdate())
    return label, hint


def describe_staffer(staffer: Staffer) -> tuple[str, str]:
    return staffer.name, str(staffer.official or staffer.committee or staffer.get_role_display())


def date_input(**attrs: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


# No record reaches further back; a year of two digits is a slip of the finger.
FIRST_DAY = date(1900, 1, 1)
not_before_records = MinValueValidator(FIRST_DAY)


def reason_to_go_on() -> forms.CharField:
    """Asked only where a do-not-contact note is in force."""
    return forms.CharField(
        label=_("Why do you contact this office all the same?"),
        max_length=200,
        required=False,
        help_text=_("Kept with the note."),
    )


def paragraph(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ContactForm(Part):
    """What happened, with whom, about what. A draft may leave out anything but the chapter and a valid date."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    kind = forms.ChoiceField(label=_("What kind of contact?"), choices=Kind.choices)
    occurred_on = forms.DateField(
        label=_("Date"), widget=date_input(**{"data-today": ""}), validators=[not_before_records]
    )
    chapter = forms.ModelChoiceField(label=_("Chapter"), queryset=Chapter.objects.none(), empty_label=None)
    officials = PickManyField(
        label=_("Which officials or offices?"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=describe_official,
        placeholder=_("Name, district, state or committee"),
        required=False,
    )
    official_was_there = forms.BooleanField(label=_("The official was there in person"), required=False)
    staffers = PickManyField(
        label=_("Staff we met"),
        suggest_url="legislation:staffer_suggest",
        search=lambda rows, text: rows.search(text),
        describe=describe_staffer,
        placeholder=_("Name of a staffer on record"),
        required=False,
    )
    our_people: PickManyField[User] = PickManyField(
        label=_("Our people"),
        suggest_url="members:person_suggest",
        search=lambda rows, text: rows.filter(search_text__contains=fold(text)),
        describe=lambda person: (str(person), ""),
        placeholder=_("Name of a colleague"),
        required=False,
    )
    purpose = forms.ChoiceField(
        label=_("What was it for?"),
        choices=Purpose.choices,
        initial=Purpose.POLICY,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    measures: PickManyField[Measure] = PickManyField(
        label=_("Measures"),
        suggest_url="tracking:measure_suggest",
        search=suggestions.likeliest_measures,
        describe=lambda measure: suggestions.describe_measure(measure)[1:],
        placeholder=_("Number or title, for example HB 210"),
        required=False,
    )
    issues = RowsField(
        label=_("Issues"),
        queryset=Issue.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
    )
    summary = forms.CharField(
        label=_("One-line summary"),
        max_length=200,
        widget=forms.TextInput(attrs={"data-counter": "", "data-draft-title": ""}),
        help_text=_("What a colleague should know, in one sentence."),
    )
    discussed_specific_legislation = forms.TypedChoiceField(
        label=_("Was specific legislation or a rule discussed?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )

    occurred_at_time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    zone = forms.ChoiceField(label=_("Time zone of the place"), choices=zones_in_words)
    committees: PickManyField[Committee] = PickManyField(
        label=_("Committees"),
        suggest_url="legislation:committee_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda committee: (str(committee), str(committee.jurisdiction)),
        placeholder=_("Name of a committee"),
        required=False,
    )
    agency = forms.CharField(label=_("Or an agency"), max_length=150, required=False)
    guests = forms.CharField(
        label=_("Guests on our side"),
        max_length=300,
        required=False,
        help_text=_("Names, separated by commas."),
    )
    duration_minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False)
    location = forms.CharField(label=_("Place or platform"), max_length=200, required=False)
    initiated_by = forms.ChoiceField(
        label=_("Who started it?"), choices=[("", "---------"), *Initiator.choices], required=False
    )
    was_voicemail_only = forms.BooleanField(
        label=_("Voicemail only"), required=False, help_text=_("Kept in the log, not counted as a contact.")
    )
    reason_to_go_on = reason_to_go_on()
    replied_on = forms.DateField(
        label=_("First reply from them"),
        required=False,
        widget=date_input(),
        help_text=_("E-mails, letters and messages count once they replied."),
    )
    concerns = paragraph(_("Concerns they raised"))
    questions = paragraph(_("Questions they asked"))
    recommendations = paragraph(_("What they recommended"))
    allies = paragraph(_("Whom they work with"))
    personal_notes = paragraph(
        _("Personal notes safe to share"),
        _("For example what matters in the district. No health information."),
    )
    stories_used = paragraph(_("Stories we used"))
    materials: PickManyField[Material] = PickManyField(
        label=_("Materials left"),
        suggest_url="materials:material_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda material: describe_material(material)[1:],
        placeholder=_("Title of a material"),
        required=False,
    )
    materials_left = forms.CharField(label=_("Other materials left"), max_length=300, required=False)
    partners_present = forms.CharField(label=_("Coalition partners present"), max_length=300, required=False)

    impressions = paragraph(
        _("Impressions"),
        _("What you felt, apart from the facts. No criticism of volunteers, nobody's health."),
    )
    impressions_confidentiality = forms.ChoiceField(
        label=_("Who may read the impressions?"),
        choices=Confidentiality.choices,
        initial=Confidentiality.CHAPTER,
    )
    confidentiality = forms.ChoiceField(
        label=_("Who may read this record?"),
        choices=Confidentiality.choices,
        initial=Confidentiality.SHARED,
        help_text=_(
            "Shared: colleagues in this jurisdiction. Chapter only: your chapter, its vice chair and staff. "
            "Restricted: you, your chapter's advocates and staff; never exported."
        ),
    )
    capacity = forms.ChoiceField(
        label=_("In whose name did our volunteer speak?"), choices=Capacity.choices, initial=Capacity.CHAPTER
    )
    gift_value = forms.DecimalField(
        label=_("Gift or meal value"), min_value=0, max_digits=8, decimal_places=2, required=False
    )
    gift_currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "---"), ("USD", "USD"), ("CAD", "CAD")], required=False
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        now: datetime,
        target: State = State.LOGGED,
        offers: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.now, self.target = user, now, target
        offers = offers or {}
        self._offer("chapter", offers.get("chapter", chapters_to_log_for(user)))
        self._offer("issues", Issue.objects.visible_to(user).current())
        self._pick("committees", Committee.objects.visible_to(user).select_related("jurisdiction"))
        self._pick("officials", Official.objects.visible_to(user).with_seats())
        self._pick("staffers", Staffer.objects.visible_to(user).select_related("official", "committee"))
        self._pick("our_people", offers.get("our_people", people_visible_to(user)))
        self._pick("measures", Measure.objects.visible_to(user).select_related("session__jurisdiction"))
        self._pick("materials", Material.objects.visible_to(user).shared())
        followed = followed_by(user, user.today(now))
        self.fields["measures"].rank(  # type: ignore[attr-defined]
            lambda rows, text: suggestions.likeliest_measures(rows, text, followed)
        )
        self.fields["chapter"].initial = reach_of(user).primary_chapter_id
        self.fields["occurred_on"].initial = user.today(now)
        self.fields["zone"].initial = user.time_zone
        self.fields["our_people"].initial = [user]
        if target == State.DRAFT:
            for name in ("summary", "discussed_specific_legislation", "purpose", "capacity", "zone", "kind"):
                self.fields[name].required = False

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _pick(self, name: str, rows: Any) -> None:
        self.fields[name].offer(rows)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.target == State.DRAFT:
            return self.cleaned_data
        self._check_day()
        self._check_parties()
        self._check_topic()
        self._check_details()
        return self.cleaned_data

    def _check_day(self) -> None:
        day, zone = self.cleaned_data.get("occurred_on"), self.cleaned_data.get("zone")
        if day and zone and self.target == State.LOGGED and day > today_in(zone, self.now):
            self.add_error(
                "occurred_on", _("This day has not come yet. Correct the date, or use “Save as planned”.")
            )
        for official in self.cleaned_data.get("officials") or []:
            if day and has_left_by(official, day):
                self.add_error(
                    "officials",
                    _("%(name)s held no office on %(day)s. Choose who holds the seat, or correct the date.")
                    % {"name": official, "day": formats.date_format(day)},
                )

    def _check_parties(self) -> None:
        cleaned = self.cleaned_data
        has_office = cleaned.get("officials") or cleaned.get("committees") or cleaned.get("agency")
        if not has_office and not self.has_error("officials"):
            self.add_error("officials", _("Choose an official, or name an agency under “More about it”."))
        if cleaned.get("official_was_there") and not cleaned.get("officials"):
            self.add_error("official_was_there", _("Choose which official was there."))
        if not cleaned.get("our_people") and not cleaned.get("guests"):
            self.add_error("our_people", _("Name at least one of our people."))

    def _check_topic(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("purpose") == Purpose.POLICY and not (
            cleaned.get("measures") or cleaned.get("issues")
        ):
            self.add_error(
                "issues", _("Choose a measure or an issue, or say that it was to get to know each other.")
            )

    def _check_details(self) -> None:
        cleaned = self.cleaned_data
        if (cleaned.get("gift_value") is None) != (not cleaned.get("gift_currency")):
            self.add_error("gift_value", _("Give the value together with its currency."))
        if cleaned.get("was_voicemail_only") and cleaned.get("kind") != Kind.PHONE_CALL:
            self.add_error("was_voicemail_only", _("Only a phone call can be voicemail."))
        day, reply = cleaned.get("occurred_on"), cleaned.get("replied_on")
        if day and reply and reply < day:
            self.add_error("replied_on", _("Their first reply cannot be before the contact."))

    def facts(self) -> Facts:
        cleaned = self.cleaned_data
        return Facts(
            kind=cleaned["kind"] or Kind.OTHER,
            occurred_on=cleaned["occurred_on"],
            occurred_at_time=cleaned["occurred_at_time"],
            zone=cleaned["zone"] or self.user.time_zone,
            chapter=cleaned["chapter"],
            purpose=cleaned["purpose"] or Purpose.POLICY,
            summary=cleaned["summary"],
            confidentiality=cleaned["confidentiality"],
            discussed_specific_legislation=cleaned["discussed_specific_legislation"],
            capacity=cleaned["capacity"] or Capacity.CHAPTER,
            gift_value=cleaned["gift_value"],
            gift_currency=cleaned["gift_currency"],
            was_voicemail_only=cleaned["was_voicemail_only"],
            replied_on=cleaned["replied_on"],
            initiated_by=cleaned["initiated_by"],
            duration_minutes=cleaned["duration_minutes"],
            location=cleaned["location"],
            **{name: cleaned[name] for name in _SUBSTANCE},
        )

    def met(self) -> list[Met]:
        """Officials who were there in person, and staffers on record; new people come from their own rows."""
        officials = self.cleaned_data["officials"] if self.cleaned_data["official_was_there"] else []
        return [
            *(Met(level=Level.OFFICIAL, official=official) for official in officials),
            *(Met(level=level_of(staffer), staffer=staffer) for staffer in self.cleaned_data["staffers"]),
        ]

    @property
    def guest_names(self) -> list[str]:
        names = (name.strip()[:120] for name in self.cleaned_data["guests"].split(","))
        return [name for name in names if name]
