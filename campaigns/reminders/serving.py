"""One person's turn: what is owed to them is noted, and told, put off, missed, or skipped with a reason."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.mornings import may_write, next_morning, next_week, week_begins
from advocacy.kernel.reminder_rules import reminder_rules
from advocacy.outbox.models import (
    NOT_DELIVERED,
    MailPreference,
    OutboundMessage,
    OutboundMessageQuerySet,
    Suppression,
    fingerprint_of,
)
from advocacy.outbox.streams import Stream
from campaigns.reminders import mail
from campaigns.reminders.models import Occurrence, OccurrenceQuerySet, OccurrenceState
from campaigns.reminders.standing import kind_of, letter_of, lines_for, stream_of

# Later than this a reminder is not sent silently: staff see it as missed and decide.
MAX_LATE = timedelta(hours=24)
# What a bundle is sent as: the first of these that is in it.
_BUNDLED_AS = (Stream.DUTY, Stream.ALERT, Stream.OPTIONAL)


def serve(
    person: User,
    fresh: Sequence[Occurrence],
    workdays: Workdays,
    *,
    now: datetime,
    rules: Collection[str],
) -> Counter[str]:
    """Note what is new, and mail what is due, in the caller's transaction. `rules` are those switched on."""
    # One tick at a time for each person: the second waits here, and finds nothing left to do.
    list(User.objects.filter(pk=person.pk).select_for_update(no_key=True).values_list("pk"))
    Occurrence.objects.bulk_create(fresh, ignore_conflicts=True)
    tally = _take_up_again(person, now=now)
    rows = list(Occurrence.objects.due(now).filter(person=person).order_by("due_at", "rule", "pk"))
    late = [row for row in rows if row.due_at < now - MAX_LATE]
    tally["missed"] += _mark(late, OccurrenceState.MISSED)
    rows = [row for row in rows if row not in late]
    off = [row for row in rows if row.rule not in rules]
    tally["skipped"] += _skip(off, _("The rule is switched off."))
    rows = [row for row in rows if row not in off]
    urgent = [row for row in rows if reminder_rules[row.rule].urgent]
    tally += _tell(person, urgent, now=now)
    return tally + _tell_when_it_suits(person, [row for row in rows if row not in urgent], workdays, now=now)


def _tell_when_it_suits(
    person: User, rows: list[Occurrence], workdays: Workdays, *, now: datetime
) -> Counter[str]:
    """By day, on a working day. Letters of their own each; the rest in one mail a day, or one a week."""
    if not rows:
        return Counter()
    had_mail = _of_today(person, now=now).exclude(state__in=NOT_DELIVERED).exists()
    weekly = MailPreference.objects.of([person.pk]).filter(is_bundled=True).values_list("stream", flat=True)
    this_week = week_begins(now, person.time_zone, workdays)
    today, tomorrow, next_monday = [], [], []
    for row in rows:
        rule = reminder_rules[row.rule]
        is_bundled = rule.posts is None
        if is_bundled and stream_of(row) in weekly and (row.day > this_week or had_mail):
            next_monday.append(row)
        elif (is_bundled and had_mail) or not may_write(now, person.time_zone, workdays, rule.off_days):
            tomorrow.append(row)
        else:
            today.append(row)
    tally = _put_off(tomorrow, next_morning(now, person.time_zone, workdays))
    tally += _put_off(next_monday, next_week(now, person.time_zone, workdays))
    return tally + _tell(person, today, now=now)


def _put_off(rows: list[Occurrence], until: datetime) -> Counter[str]:
    return Counter({"put off": _still_planned(rows).update(due_at=until)}) if rows else Counter()


def _tell(person: User, rows: list[Occurrence], *, now: datetime) -> Counter[str]:
    if not rows:
        return Counter()
    refused = _refused_streams(person, now=now)
    unwanted = [row for row in rows if stream_of(row) in refused]
    rows = [row for row in rows if row not in unwanted]
    told = {row.pk for row in _written(person, rows, now=now)}
    silent = [row for row in rows if row.pk not in told]
    why_silent = (
        _("Nothing of it is left to do, or not for them to read.")
        if person.is_active
        else _("They may not sign in any more.")
    )
    skipped = _skip(unwanted, _("They do not want mail of this class, or their address is suppressed."))
    return Counter({"mailed": len(told), "skipped": skipped + _skip(silent, why_silent)})


def _written(person: User, rows: list[Occurrence], *, now: datetime) -> Iterator[Occurrence]:
    """Those that are in a mail now."""
    lines = lines_for(person, rows, now=now)
    for group, stream, key in _mails(person, [row for row in rows if row.pk in lines], now=now):
        message = mail.post(person, [lines[row.pk] for row in group], stream=stream, key=key, now=now)
        _still_planned(group).update(state=OccurrenceState.MAILED, message=message)
        yield from group
    for row in rows:
        if own_letter := letter_of(person, row, now=now):
            _still_planned([row]).update(state=OccurrenceState.MAILED, message=own_letter)
            yield row


def _mails(
    person: User, rows: list[Occurrence], *, now: datetime
) -> Iterable[tuple[list[Occurrence], Stream, str]]:
    """What is urgent goes alone; the rest goes as one, as a duty where one of them is, else as an alert."""
    bundle = []
    for row in rows:
        if reminder_rules[row.rule].urgent:
            yield [row], Stream.ALERT, f"{row.pk}"
        else:
            bundle.append(row)
    if bundle:
        streams = {stream_of(row) for row in bundle}
        stream = next(one for one in _BUNDLED_AS if one in streams)
        # A mail that was taken back before it went leaves room for another one that day.
        number = len(_of_today(person, now=now)) + 1
        yield bundle, stream, f"{_day_key(person, now)}:{number}"


def _day_key(person: User, now: datetime) -> str:
    return f"{person.pk}:{person.today(now)}"


def _of_today(person: User, *, now: datetime) -> OutboundMessageQuerySet:
    kinds = [kind_of(stream) for stream in _BUNDLED_AS]
    return OutboundMessage.objects.filter(
        user=person, kind__in=kinds, key__contains=f":{_day_key(person, now)}:"
    )


def _refused_streams(person: User, *, now: datetime) -> set[str]:
    """Switched off or paused by the person, or suppressed for the address."""
    rows = list(Suppression.objects.covering([fingerprint_of(person.email)]))
    refused = {stream.value for stream in Stream if any(row.covers(stream) for row in rows)}
    wishes = MailPreference.objects.of([person.pk])
    return refused | {wish.stream for wish in wishes if wish.is_off or wish.is_paused(person.today(now))}


def _take_up_again(person: User, *, now: datetime) -> Counter[str]:
    """Of a mail that was taken back because a line of it fell, the other lines go into the next one."""
    taken_back = Occurrence.objects.taken_back().filter(person=person)
    rows = list(taken_back.select_related("message").order_by("pk"))
    standing = lines_for(person, rows, now=now)
    tally: Counter[str] = Counter()
    by_message: dict[int | None, list[Occurrence]] = {}
    for row in rows:
        by_message.setdefault(row.message_id, []).append(row)
    for group in by_message.values():
        fallen = [row for row in group if row.pk not in standing]
        message = group[0].message
        if not fallen or reminder_rules[group[0].rule].posts:
            said = message.resolution if message else ""
            tally["skipped"] += _skip(group, said[:200] or _("Somebody cancelled the mail."))
            continue
        tally["skipped"] += _skip(fallen, _("Nothing of it is left to do, or not for them to read."))
        left = [row.pk for row in group if row.pk in standing]
        Occurrence.objects.filter(pk__in=left).update(state=OccurrenceState.PLANNED, message=None, due_at=now)
    return tally


def _still_planned(rows: Iterable[Occurrence]) -> OccurrenceQuerySet:
    return Occurrence.objects.planned().filter(pk__in=[row.pk for row in rows])


def _mark(rows: Iterable[Occurrence], state: OccurrenceState) -> int:
    return _still_planned(rows).update(state=state)


def _skip(rows: Iterable[Occurrence], reason: str) -> int:
    found = Occurrence.objects.filter(pk__in=[row.pk for row in rows])
    return found.update(state=OccurrenceState.SKIPPED, message=None, reason=reason)
