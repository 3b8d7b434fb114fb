"""Who is to be reminded of what, and when: asked of every room by the planner above them.

An app registers its rules in a `reminder_rules.py`, found at start-up as the admin finds `admin.py`. A rule looks
and writes nothing: the planner keeps what was planned, and sends it once (DOMAIN.md §7, RELIABILITY.md §4).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from advocacy.kernel.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class MailClass(StrEnum):
    """What the person can refuse as one thing; a duty goes with the role."""

    DUTY = "duty"
    OPTIONAL = "optional"
    ALERT = "alert"


class Moves(StrEnum):
    """What becomes of a day on which the person does not work."""

    LATER = "later"
    EARLIER = "earlier"
    # A deadline counted in business days already: it is not counted a second time where its reader lives.
    STAYS = "stays"


@dataclass(frozen=True)
class Days:
    """The local days that are looked at, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    def counted_from(self, offsets: Collection[int]) -> tuple[date, date]:
        """The first and the last day that lie by one of the offsets from one of these."""
        return self.first - timedelta(days=max(offsets)), self.last - timedelta(days=min(offsets))


@dataclass(frozen=True)
class Due:
    """One person is owed one reminder on one day of theirs.

    `period` says what "the same reminder" means: for a rule and a person there is never a second with the same. It
    holds all that makes it due anew. `at` is the moment where that is not the morning of the day.
    """

    person_id: int
    period: str
    day: date
    at: datetime | None = None


class RowPeriod(NamedTuple):
    """Which row, counted from which day, how many days from it: a row that moves is due anew."""

    pk: int
    counted_from: date
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.pk}:{self.counted_from}:{self.offset:+d}"

    @classmethod
    def parse(cls, text: str) -> "RowPeriod":
        pk, day, offset = text.split(":")
        return cls(int(pk), date.fromisoformat(day), int(offset))


@dataclass(frozen=True)
class Line:
    """What one reminder says, in the reader's language, the page it leads to, and why this reader is told."""

    text: str
    link: str
    why: str = ""


Words = Callable[[Any, Collection[str], date], dict[str, Line]]
Posts = Callable[[Any, str, datetime], Any]


def _no_lines(person: Any, periods: Collection[str], today: date) -> dict[str, Line]:
    return {}


@dataclass(frozen=True)
class ReminderRule:
    """`due` names who is owed a reminder in these days; it may name more than will be told.

    `words` gives the lines for a person and some of their periods, in the language in force. It starts from what
    is visible to that person then; what is done, gone, or not theirs to read any more has no line and is not sent.
    `posts` instead writes a letter of its own for one period, in the planner's transaction, and returns its message,
    or None where nothing is left to say.
    `offsets` are days before (negative) or after the day the rule counts from; staff can change them. Empty: the
    rule has a calendar of its own. An urgent rule ("!") neither waits for the bundle nor skips a weekend.
    """

    label: "StrOrPromise"
    mail_class: MailClass
    due: Callable[[Days, tuple[int, ...]], Iterable[Due]]
    words: Words = _no_lines
    offsets: tuple[int, ...] = ()
    urgent: bool = False
    moves: Moves = Moves.LATER
    posts: Posts | None = None

    @property
    def off_days(self) -> Moves:
        return Moves.STAYS if self.urgent else self.moves


reminder_rules: Registry[ReminderRule] = Registry()


def reminder_rule(name: str, rule: ReminderRule) -> ReminderRule:
    return reminder_rules.register(name)(rule)


def months_in(days: Days) -> Iterator[date]:
    """The firsts of a month among these days."""
    return (day for day in days if day.day == 1)


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
