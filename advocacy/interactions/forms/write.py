"""The composer: a text with merge fields, the times we propose, and how the request reached the office."""

import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language, User
from advocacy.interactions import letters
from advocacy.interactions.actions.meeting_requests import NUDGE_AFTER, Asked
from advocacy.interactions.forms.contact import date_input, not_before_records, reason_to_go_on
from advocacy.interactions.letters import Piece, Slot
from advocacy.interactions.models import Channel
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.merge_fields import BrokenField, FieldProblem, FieldWithoutValue
from advocacy.kernel.zones import zones_in_words
from legislation.models import Official
from members.access import chapters_to_write_for, reach_of
from members.models import Chapter

# Pieces that ask for a day: the request is kept and followed. The others end in the log.
ASKING = (Piece.MEETING, Piece.SITE_VISIT)
_SUGGESTED = ((10, time(10, 0)), (11, time(14, 0)))
_ABOUT = {
    Language.ENGLISH: "health information and technology",
    Language.FRENCH: "l’information et les technologies de la santé",
}


@dataclass(frozen=True)
class Setting:
    """What a letter is written for: to whom, by whom, in which language, and where business days are counted."""

    official: Official
    user: User
    piece: Piece
    language: str
    today: date
    workdays: Workdays
    # A note asks to leave the office alone: whoever goes on says why.
    is_quiet: bool = False

    @property
    def asks_for_a_day(self) -> bool:
        return self.piece in ASKING

    def followup_day(self) -> date:
        return self.workdays.after(self.today, NUDGE_AFTER)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WriteForm(forms.Form):
    """A letter in the making. `letter` is what the office gets once every field in it is filled."""

    hide_optional = True

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    reason_to_go_on = reason_to_go_on()
    chapter = forms.ModelChoiceField(label=_("Chapter"), queryset=Chapter.objects.none(), empty_label=None)
    purpose = forms.CharField(
        label=_("What is it about?"), max_length=200, help_text=_("As it should stand in the sentence.")
    )
    slot_1_on = forms.DateField(label=_("First proposed day"), required=False, widget=date_input())
    slot_1_time = forms.TimeField(label=_("First time"), required=False, widget=_time_input())
    slot_2_on = forms.DateField(label=_("Second proposed day"), required=False, widget=date_input())
    slot_2_time = forms.TimeField(label=_("Second time"), required=False, widget=_time_input())
    zone = forms.ChoiceField(label=_("Time zone of the place"), choices=zones_in_words)
    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        help_text=_("Names between double braces are filled in below."),
    )
    channel = forms.ChoiceField(
        label=_("I used"),
        choices=Channel.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    requested_on = forms.DateField(
        label=_("Handed over on"), required=False, widget=date_input(), validators=[not_before_records]
    )

    def __init__(self, *args: Any, setting: Setting, records: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting, self.records = setting, records
        self.letter: Letter | None = None
        chapters = chapters_to_write_for(setting.user).select_related("society").order_by("name", "pk")
        self.fields["chapter"].queryset = chapters  # type: ignore[attr-defined]
        self.fields["channel"].required = self.fields["requested_on"].required = records
        self.fields["reason_to_go_on"].required = setting.is_quiet
        self.fields["reason_to_go_on"].help_text = _("Kept with the note. Then the finished text is shown.")
        if not setting.asks_for_a_day:
            for name in ("slot_1_on", "slot_1_time", "slot_2_on", "slot_2_time", "zone"):
                del self.fields[name]
        self._begin(
            chapters.filter(pk=reach_of(setting.user).primary_chapter_id or 0).first() or chapters.first()
        )

    def _begin(self, chapter: Chapter | None) -> None:
        """The draft of this piece and language, with times to propose."""
        setting = self.setting
        self._facts = self._facts_for(chapter)
        first = letters.draft(setting.piece, setting.language, self._facts)
        self.initial = {
            "chapter": chapter,
            "purpose": _ABOUT[Language(setting.language)],
            "subject": first.subject,
            "body": first.body,
            "zone": setting.user.time_zone,
            "requested_on": setting.today,
            **self.initial,
        }
        for number, (days, hour) in enumerate(_SUGGESTED, start=1):
            self.initial.setdefault(f"slot_{number}_on", setting.workdays.after(setting.today, days))
            self.initial.setdefault(f"slot_{number}_time", hour)
        if not self.is_bound and not setting.is_quiet:
            self.letter = self._draft_or_none()

    def _facts_for(self, chapter: Chapter | None) -> dict[str, str]:
        setting = self.setting
        return letters.facts_of(
            setting.official,
            sender=setting.user,
            chapter=chapter,
            language=setting.language,
            today=setting.today,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        self._check_slots()
        day = cleaned.get("requested_on")
        if self.records and day and day > self.setting.today:
            self.add_error("requested_on", _("This day has not come yet."))
        if not self.errors:
            self._facts = self._facts_for(cleaned["chapter"])
            self.letter = self._letter_or_errors()
        return cleaned

    def _check_slots(self) -> None:
        cleaned = self.cleaned_data
        for number in (1, 2):
            day, hour = cleaned.get(f"slot_{number}_on"), cleaned.get(f"slot_{number}_time")
            if (day is None) != (hour is None) and not self.has_error(f"slot_{number}_on"):
                self.add_error(f"slot_{number}_on", _("Give the day together with its time."))
            if day and day < self.setting.today:
                self.add_error(f"slot_{number}_on", _("This day is over."))
        if cleaned.get("slot_2_on") and not cleaned.get("slot_1_on") and not self.has_error("slot_1_on"):
            self.add_error("slot_1_on", _("Give the first time before a second."))

    def _values(self, given: dict[str, Any]) -> dict[str, str]:
        setting = self.setting
        slots = {
            f"slot_{number}": Slot(given.get(f"slot_{number}_on"), given.get(f"slot_{number}_time")).in_words(
                given.get("zone") or setting.user.time_zone, setting.language
            )
            for number in (1, 2)
            if setting.asks_for_a_day
        }
        followup_day = letters.day_in_words(setting.followup_day(), setting.language)
        return self._facts | slots | {"purpose": given["purpose"], "followup_day": followup_day}

    def _filled(self, given: dict[str, Any]) -> Letter:
        values = self._values(given)
        return Letter(letters.fill(given["subject"], values), letters.fill(given["body"], values))

    def _draft_or_none(self) -> Letter | None:
        """The text as it stands before anything is typed; none where there is no chapter to write for yet."""
        try:
            return self._filled(dict(self.initial))
        except FieldProblem:
            return None

    def _letter_or_errors(self) -> Letter | None:
        values, filled = self._values(self.cleaned_data), {}
        for name in ("subject", "body"):
            try:
                filled[name] = letters.fill(self.cleaned_data[name], values)
            except FieldProblem as problem:
                self.add_error(name, _in_words(problem))
        return Letter(filled["subject"], filled["body"]) if len(filled) == 2 else None

    def asked(self, letter: Letter) -> Asked:
        """The request as it was handed over, with the filled text."""
        cleaned, setting = self.cleaned_data, self.setting
        given = ("chapter", "purpose", "zone", "channel", "requested_on", "slot_1_on", "slot_1_time", "slot_2_on",
                 "slot_2_time")  # fmt: skip
        return Asked(
            official=setting.official,
            occasion=setting.piece.value,
            language=setting.language,
            wording=f"{letter.subject}\n\n{letter.text}",
            **{name: cleaned[name] for name in given},
        )


def _in_words(problem: FieldProblem) -> str:
    field = {"field": f"{{{{ {problem.name} }}}}"}
    if isinstance(problem, FieldWithoutValue):
        return str(_("There is nothing to put in place of %(field)s. Take it out of the text.") % field)
    if isinstance(problem, BrokenField):
        return str(_("These braces do not belong together: %(text)s") % {"text": problem.name})
    return str(_("There is no field %(field)s. Choose one of the list below the text.") % field)
