"""What a reminder says to this person now, and whether it still stands when its mail is about to go."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Line, reminder_rules
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from campaigns.reminders.models import Occurrence

# The day, the night after it, and the next morning.
OF_USE_FOR = timedelta(hours=33)


def kind_of(stream: Stream) -> str:
    return f"reminders.{stream.value}"


def stream_of(row: Occurrence) -> Stream:
    return Stream(reminder_rules[row.rule].mail_class.value)


def lines_for(person: User, rows: Iterable[Occurrence], *, now: datetime) -> dict[int, Line]:
    """The line of each reminder that still stands, by its key, in the person's language."""
    if not person.is_active:
        return {}
    by_rule: dict[str, dict[str, int]] = {}
    for row in rows:
        by_rule.setdefault(row.rule, {})[row.period] = row.pk
    found: dict[int, Line] = {}
    with translation.override(person.language):
        for name, periods in by_rule.items():
            if name in reminder_rules:
                said = reminder_rules[name].words(person, list(periods), person.today(now))
                found |= {periods[period]: line for period, line in said.items() if period in periods}
    return found


def letter_of(person: User, row: Occurrence, *, now: datetime) -> OutboundMessage | None:
    """The letter of its own that this reminder is, written now; None where it is a line, or nothing is left to say."""
    posts = reminder_rules[row.rule].posts if row.rule in reminder_rules and person.is_active else None
    written = posts(person, row.period, now) if posts else None
    return written if isinstance(written, OutboundMessage) else None


def changed(messages: Collection[OutboundMessage]) -> dict[int, str]:
    """The mails in which something is done by now, or not theirs to read: the planner writes what is left anew."""
    kept = {message.pk for message in messages if message.pk}
    rows = Occurrence.objects.filter(message__in=kept).select_related("person").order_by("pk")
    by_message: dict[int, list[Occurrence]] = {}
    for row in rows:
        by_message.setdefault(row.message_id or 0, []).append(row)
    return {
        pk: _("What it reminds of has changed since it was written.")
        for pk, group in by_message.items()
        if len(lines_for(group[0].person, group, now=timezone.now())) < len(group)
    }
