"""The .ics files, read by a parser that shares nothing with the one that writes them."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from zoneinfo import ZoneInfo

import vobject
from icalendar import Calendar

from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.wire import content_of
from members.taskforce import ics
from members.taskforce.actions import meetings
from tests.cast import NOW, Cast
from tests.factories.meetings import CHICAGO, FEBRUARY, planned, the_meeting


def sent(kind: str, person: Any) -> list[Any]:
    """The calendar file of each mail of this kind, as it stands on the wire."""
    rows = OutboundMessage.objects.filter(kind=f"taskforce.{kind}", user=person).order_by("pk")
    mails = [message_from_bytes(content_of(row).as_bytes(), policy=default) for row in rows]
    return [part for mail in mails for part in mail.walk() if part.get_content_type() == "text/calendar"]


def parsed(part: Any) -> Any:
    return vobject.readOne(part.get_content())


def test_the_invitation_is_accepted_by_an_independent_parser(cast: Cast):
    the_meeting(cast)

    (part,) = sent("agenda", cast.noor)
    calendar = parsed(part)

    calendar.validate(raiseException=True)
    assert part.get_param("method") == "REQUEST"
    event = calendar.vevent
    assert (calendar.method.value, event.sequence.value, event.status.value) == ("REQUEST", "0", "CONFIRMED")
    assert event.attendee.value == "mailto:noor.haddad@example.org"
    assert event.dtstart.value == datetime(2027, 2, 10, 19, tzinfo=UTC)
    assert event.dtstart.value.astimezone(ZoneInfo("America/Vancouver")).strftime("%H:%M %z") == "12:00 -0700"


def test_an_update_and_a_cancellation_keep_one_entry(cast: Cast):
    meeting = the_meeting(cast)
    meetings.change(meeting, by=cast.angela, now=NOW, starts_at=FEBRUARY + timedelta(hours=1))
    meetings.cancel(meeting, by=cast.angela, reason="Storm", now=NOW)

    files = [parsed(part) for kind in ("agenda", "change", "cancellation") for part in sent(kind, cast.dana)]

    # What a calendar program keeps: one entry for each UID, that of the highest SEQUENCE.
    entries: dict[str, Any] = {}
    for file in files:
        held = entries.get(file.vevent.uid.value)
        if held is None or int(file.vevent.sequence.value) > int(held.vevent.sequence.value):
            entries[file.vevent.uid.value] = file
    assert [file.vevent.sequence.value for file in files] == ["0", "1", "2"]
    assert [(file.method.value, file.vevent.status.value) for file in entries.values()] == [
        ("CANCEL", "CANCELLED")
    ]


def test_what_calendars_do_not_show_raises_no_version(cast: Cast):
    meeting = the_meeting(cast)

    meetings.change(meeting, by=cast.angela, now=NOW, quorum=5)

    assert (meeting.sequence, sent("change", cast.dana)) == (0, [])


def test_a_meeting_nobody_was_invited_to_moves_without_mail(cast: Cast):
    meeting = planned(cast.angela)

    meetings.change(meeting, by=cast.angela, now=NOW, starts_at=FEBRUARY + timedelta(days=1))

    assert (meeting.sequence, OutboundMessage.objects.count()) == (0, 0)


def test_accents_commas_and_long_titles_come_back_whole(cast: Cast):
    title = "Réunion; santé, données " + "é" * 80
    meeting = planned(cast.angela, title=title)

    content = ics.request_for(meeting, cast.elise, now=NOW)

    assert vobject.readOne(content.decode()).vevent.summary.value == title
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert Calendar.from_ical(content).walk("VEVENT")[0]["summary"] == title


def test_the_repeated_hour_of_november_is_one_moment(cast: Cast):
    meeting = planned(cast.angela, datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=CHICAGO))

    event = vobject.readOne(ics.request_for(meeting, cast.dana, now=NOW).decode()).vevent

    assert event.dtstart.value == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
