"""What a meeting reminds people of, before it and after it (DOMAIN.md W6, §7).

Days are counted from the day the meeting has where the reader lives. What comes before a meeting goes out earlier
rather than later where that day is free.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.kernel.reminder_rules import Days, Due, Line, RowPeriod
from advocacy.outbox.models import OutboundMessage
from members.calendars import workdays_of_all
from members.taskforce import letters, links
from members.taskforce.actions import meetings
from members.taskforce.models import Answer, Meeting, MeetingInvitation, PublishedMinutes
from members.taskforce.models.meeting import MeetingQuerySet
from members.taskforce.roster import people_on

MINUTES_AFTER = 2
COMING = (Answer.YES, Answer.MAYBE)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# More than staff can set, counted in business days.
_DAYS_TO_PUBLISH = timedelta(days=120)
People = Callable[[Meeting], UserQuerySet]


def reader_day(meeting: Meeting, zone: str) -> date:
    """The day on which it begins there."""
    return meeting.starts_at.astimezone(ZoneInfo(zone)).date()


def expected(meeting: Meeting) -> UserQuerySet:
    return people_on(meeting.day)


def not_asked(meeting: Meeting) -> UserQuerySet:
    asked = MeetingInvitation.objects.filter(meeting=meeting, asked_at__isnull=False)
    return people_on(meeting.day).exclude(pk__in=asked.values("person"))


def silent(meeting: Meeting) -> UserQuerySet:
    return _with_answers(meeting, [""])


def coming(meeting: Meeting) -> UserQuerySet:
    return _with_answers(meeting, COMING)


def _with_answers(meeting: Meeting, answers: Collection[str]) -> UserQuerySet:
    """Those with one of these answers who are still of the task force."""
    rows = MeetingInvitation.objects.filter(meeting=meeting, answer__in=answers)
    return people_on(meeting.day).filter(pk__in=rows.values("person"))


def due_before(people: People, days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before each planned meeting, to these people of it."""
    for meeting in _planned_near(*days.counted_from(offsets)):
        for person in people(meeting):
            day = reader_day(meeting, person.time_zone)
            for offset in offsets:
                if day + _DAY * offset in days:
                    # The day where it is held: it is the same wherever the reader moves meanwhile.
                    period = RowPeriod(meeting.pk, meeting.day, offset)
                    yield Due(person.pk, str(period), day + _DAY * offset)


def due_an_hour_before(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """To those who come, or may, and asked for it. A meeting that moves by an hour is due anew."""
    for meeting in _planned_near(days.first, days.last):
        wants = MeetingInvitation.objects.filter(meeting=meeting, answer__in=COMING, wants_last_reminder=True)
        at = meeting.starts_at - _HOUR
        for person in people_on(meeting.day).filter(pk__in=wants.values("person")):
            day = at.astimezone(ZoneInfo(person.time_zone)).date()
            if day in days:
                yield Due(person.pk, last_reminder_period(meeting), day, at)


def last_reminder_period(meeting: Meeting) -> str:
    return f"{meeting.pk}:{meeting.starts_at.astimezone(UTC):%Y%m%dT%H%M}"


def minutes_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """Business days after the meeting, to everybody; where they are published later, on that day."""
    recent = Q(starts_at__gte=_midnight(days.first - _DAYS_TO_PUBLISH))
    late = Q(published__published_at__gte=_midnight(days.first - _DAY))
    held = Meeting.objects.held().filter(recent | late, published__isnull=False)
    for meeting in held.select_related("published").order_by("starts_at", "pk"):
        people = list(people_on(meeting.day))
        workdays = workdays_of_all(people, days.last)
        for person in people:
            for offset in offsets:
                day = max(workdays[person.pk].after(meeting.day, offset), _published_on(meeting, person))
                if day in days:
                    yield Due(person.pk, str(RowPeriod(meeting.pk, meeting.day, offset)), day)


def _published_on(meeting: Meeting, person: User) -> date:
    published: PublishedMinutes = meeting.published
    return person.today(published.published_at)


def _planned_near(first: date, last: date) -> MeetingQuerySet:
    """Planned for one of these days, in any zone."""
    begins = (_midnight(first - _DAY), _midnight(last + 2 * _DAY))
    return Meeting.objects.planned().filter(starts_at__range=begins).order_by("starts_at", "pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def call_in_words(meeting: Meeting, person: User) -> Line:
    words = {"title": meeting.title, "day": _begins(meeting, person)}
    text = _("Propose what should be on the agenda: %(title)s, %(day)s") % words
    return Line(text, reverse("taskforce:item_propose", args=[meeting.pk]))


def nudge_in_words(meeting: Meeting, person: User) -> Line:
    """The link answers for this person alone, as the one in the invitation does."""
    words = {"title": meeting.title, "day": _begins(meeting, person)}
    text = _("You have not said yet whether you come: %(title)s, %(day)s") % words
    return Line(text, links.answer_path(meeting, person))


def reminder_in_words(meeting: Meeting, person: User) -> Line:
    words = {"title": meeting.title, "day": _begins(meeting, person), "link": meeting.link}
    text = _("The meeting is near: %(title)s, %(day)s") % words
    if meeting.link:
        text = _("The meeting is near: %(title)s, %(day)s. Join it at %(link)s") % words
    return Line(text, meeting.get_absolute_url())


def _begins(meeting: Meeting, person: User) -> str:
    begins = meeting.starts_at.astimezone(ZoneInfo(person.time_zone))
    words = {"day": formats.date_format(begins, "DATE_FORMAT"), "time": f"{begins:%H:%M}"}
    return _("%(day)s, %(time)s your time") % words


def words_before(
    people: People,
    say: Callable[[Meeting, User], Line],
    person: User,
    periods: Collection[str],
    today: date,
) -> dict[str, Line]:
    """Nothing of a meeting that was cancelled, moved to another day or is over, nor to who is not asked any more."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = Meeting.objects.visible_to(person).planned().filter(pk__in={one.pk for one in asked.values()})
    standing = {
        row.pk: row
        for row in rows
        if today <= reader_day(row, person.time_zone) and people(row).filter(pk=person.pk).exists()
    }
    return {
        text: say(standing[one.pk], person)
        for text, one in asked.items()
        if one.pk in standing and standing[one.pk].day == one.counted_from
    }


def _readable(person: User, period: str) -> MeetingQuerySet:
    """The meeting of this period, where this person belongs to the task force today."""
    return Meeting.objects.visible_to(person).filter(pk=int(period.split(":")[0]))


def post_agenda(person: User, period: str, now: datetime) -> OutboundMessage | None:
    """The agenda with the calendar file and the question who comes."""
    meeting = _readable(person, period).planned().filter(starts_at__gt=now).first()
    if meeting is None or meeting.day != RowPeriod.parse(period).counted_from:
        return None
    return meetings.ask(meeting, person, now=now)


def post_last_reminder(person: User, period: str, now: datetime) -> OutboundMessage | None:
    meeting = _readable(person, period).planned().filter(starts_at__gt=now).first()
    if meeting is None or last_reminder_period(meeting) != period:
        return None
    wants = meeting.invitations.filter(person=person, answer__in=COMING, wants_last_reminder=True)
    return letters.send(letters.SOON, meeting, person, now=now) if wants.exists() else None


def post_minutes(person: User, period: str, now: datetime) -> OutboundMessage | None:
    """The published minutes with the reader's own tasks; to who was not there, also what was decided."""
    meeting = _readable(person, period).held().filter(published__isnull=False).first()
    return letters.send(letters.MINUTES, meeting, person, now=now) if meeting else None
