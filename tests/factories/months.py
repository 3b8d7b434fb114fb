"""Months of the log, and the reports on them."""

from datetime import date, datetime

from django.utils import timezone

from advocacy.interactions.actions import contacts
from advocacy.interactions.models import Interaction, Kind, Purpose
from advocacy.kernel.periods import Month
from advocacy.reports.models import ChapterReport
from legislation.models import Official
from members.models import Chapter
from tests.cast import Cast
from tests.factories.log import logged

FEBRUARY = Month(2027, 2)


def met(cast: Cast, official: Official, on: date, **changes: object) -> Interaction:
    """Dana met the official's staff on that day."""
    return logged(cast.dana, [official], occurred_on=on, **changes)


def story_of_february(cast: Cast, official: Official) -> None:
    """Story A9: three shared contacts, one of them with Hill Country, one restricted, and a voicemail."""
    met(cast, official, date(2027, 2, 2))
    met(cast, official, date(2027, 2, 3))
    joint(cast, official, date(2027, 2, 4))
    met(cast, official, date(2027, 2, 8), confidentiality="restricted")
    met(cast, official, date(2027, 2, 9), kind=Kind.PHONE_CALL, was_voicemail_only=True)


def joint(cast: Cast, official: Official, on: date, **changes: object) -> Interaction:
    """A meeting that dana logged and luis joined: credited to both chapters."""
    contact = met(cast, official, on, **changes)
    contacts.join(interaction=contact, by=cast.luis, chapter=cast.hill_country)
    return contact


def not_counted(cast: Cast, official: Official, on: date) -> None:
    """What §6.3 leaves out: no reply, scheduling, only listening."""
    met(cast, official, on, kind=Kind.EMAIL_EXCHANGE)
    met(cast, official, on, purpose=Purpose.SCHEDULING)
    met(cast, official, on, kind=Kind.HEARING_ATTENDED)


def report_on(chapter: Chapter, period: Month = FEBRUARY, **fields: object) -> ChapterReport:
    row = ChapterReport(
        chapter=chapter,
        period=str(period),
        **({"opened_at": timezone.now()} | fields),  # type: ignore[arg-type]
    )
    row.save()
    return row


def submitted_at(when: datetime, by: object, **fields: object) -> dict[str, object]:
    """The fields of a report that was handed in."""
    return {
        "state": "submitted",
        "summary": "A good month.",
        "first_submitted_at": when,
        "submitted_at": when,
        "submitted_by": by,
        **fields,
    }
