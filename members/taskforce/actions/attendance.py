"""Taking attendance, and looking after those who stayed away twice without a word."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from members.taskforce.models import ActionItem, ActionStatus, Attendance, Meeting, MeetingStatus, Presence
from members.taskforce.roster import vice_chair_for

ABSENCES_BEFORE_A_CALL = 2
DAYS_TO_CALL = 7


class Seen(NamedTuple):
    """What the note-taker says of one person."""

    person: User
    presence: str
    delegate_name: str = ""
    minutes_present: int | None = None


@transaction.atomic
def take(meeting: Meeting, seen: Sequence[Seen], *, by: User, now: datetime) -> int:
    """Confirm who was there; how many rows changed. The meeting counts as held from then on."""
    if not seen:
        return 0
    known = {row.person_id: row for row in meeting.attendance.all()}
    changed = [row for one in seen if (row := _confirmed(known, meeting, one, by=by, now=now))]
    for row in changed:
        row.full_clean()
        row.save()
    Meeting.objects.planned().filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
    meeting.refresh_from_db()
    if changed:
        told = {str(row.person): [None, str(row.get_presence_display())] for row in changed}
        trail.record(by=by, verb="took attendance", of=meeting, changes=told)
    _look_after(meeting, [one.person for one in seen], by=by)
    return len(changed)


def absences_in_a_row(people: Iterable[User], meeting: Meeting) -> dict[int, int]:
    """How many meetings in a row, up to this one, each was absent from without regrets."""
    ids = {person.pk: 0 for person in people}
    rows = Attendance.objects.confirmed().filter(
        person__in=ids, meeting__status=MeetingStatus.HELD, meeting__starts_at__lte=meeting.starts_at
    )
    ended: set[int] = set()
    for person, presence in rows.order_by("-meeting__starts_at", "-pk").values_list("person", "presence"):
        if presence != Presence.ABSENT:
            ended.add(person)
        if person not in ended:
            ids[person] += 1
    return ids


def _confirmed(
    known: dict[int, Attendance], meeting: Meeting, one: Seen, *, by: User, now: datetime
) -> Attendance | None:
    """The row as confirmed now, or None where nothing about it changes."""
    row = known.get(one.person.pk) or Attendance(meeting=meeting, person=one.person)
    said = (one.presence, one.delegate_name, one.minutes_present)
    if row.confirmed_at and said == (row.presence, row.delegate_name, row.minutes_present):
        return None
    row.presence, row.delegate_name, row.minutes_present = said
    row.confirmed_by, row.confirmed_at = by, now
    return row


def _look_after(meeting: Meeting, people: Sequence[User], *, by: User) -> None:
    """Two absences in a row without regrets: the vice chair has a word. Taken back where it was a mistake."""
    counts = absences_in_a_row(people, meeting)
    for person in people:
        words = ActionItem.objects.filter(about=person)
        if counts[person.pk] < ABSENCES_BEFORE_A_CALL:
            words.unfinished().filter(meeting=meeting).update(
                status=ActionStatus.DROPPED, drop_reason=_("The attendance was corrected."), closed_on=meeting.day
            )  # fmt: skip
        elif not words.unfinished().exists() and not words.filter(meeting=meeting).exists():
            _ask_for_a_word(meeting, person, by=by)


def _ask_for_a_word(meeting: Meeting, person: User, *, by: User) -> None:
    text = _("Check in with %(name)s, who missed two meetings in a row without regrets") % {"name": person}
    item = ActionItem.objects.create(
        meeting=meeting,
        text=text[:200],
        owner=vice_chair_for(person, meeting.day) or meeting.host,
        due_on=meeting.day + timedelta(days=DAYS_TO_CALL),
        about=person,
        made_by=by,
    )
    trail.record(by=by, verb="assigned", of=item)
