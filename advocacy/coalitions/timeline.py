"""What happened to a letter, newest first, as its page tells it."""

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from advocacy.coalitions.models import Answer, SignOnInvitation, SignOnLetter

_TONES = {Answer.SIGN: "good", Answer.DECLINE: "bad", Answer.CHANGES: "warn"}


class Event(NamedTuple):
    when: date
    title: str
    text: str = ""
    icon: str = "document-text"
    tone: str = ""


def events_of(letter: SignOnLetter, invitations: list[SignOnInvitation]) -> list[Event]:
    """By the calendar of the letter's zone."""
    place = ZoneInfo(letter.zone)
    found = [Event(letter.received_on, _brought_in(letter))]
    if letter.decided_at:
        by = _("Decided by %(person)s") % {"person": letter.decided_by}
        title = _("Our decision: %(decision)s") % {"decision": letter.get_decision_display()}
        text = " ".join(filter(None, (by, letter.reason, letter.late_reason)))
        found.append(Event(letter.decided_at.astimezone(place).date(), title, text, "check-badge"))
    found += _invited(invitations, place)
    for row in invitations:
        if row.answered_at:
            title = _("%(who)s: %(what)s") % {"who": row.organisation, "what": row.get_answer_display()}
            text = " ".join(filter(None, (row.reason, row.late_reason)))
            day = row.answered_at.astimezone(place).date()
            found.append(Event(day, title, text, "building-office", _TONES[Answer(row.answer)]))
    if letter.sent_on:
        found.append(Event(letter.sent_on, _("Sent"), icon="paper-airplane", tone="good"))
    return sorted(found, key=lambda event: event.when, reverse=True)


def _invited(invitations: list[SignOnInvitation], place: ZoneInfo) -> list[Event]:
    """One line for all that were invited on a day."""
    by_day: dict[date, list[str]] = {}
    for row in invitations:
        by_day.setdefault(row.invited_at.astimezone(place).date(), []).append(str(row.organisation))
    return [
        Event(day, _("Organizations invited"), ", ".join(names), "envelope") for day, names in by_day.items()
    ]


def _brought_in(letter: SignOnLetter) -> str:
    words = {"person": letter.brought_in_by, "partner": letter.lead}
    if letter.is_led_by_us:
        return _("Begun by %(person)s") % words
    return _("Received from %(partner)s, brought in by %(person)s") % words
