"""What the log reminds people of: promises that fall due, drafts, offices that do not answer (DOMAIN.md §7)."""

from collections.abc import Collection, Iterator
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.interactions.models import Confidentiality, FollowUp, Interaction, MeetingRequest, State
from advocacy.interactions.tie_reminders import quiet_due, quiet_in_words, stale_due, stale_in_words
from advocacy.kernel.reminder_rules import (
    Days,
    Due,
    Line,
    MailClass,
    ReminderRule,
    RowPeriod,
    reminder_rule,
)
from members.access import society_today
from members.models import Role, RoleAssignment

_MORNING = time(9)
_DAY = timedelta(days=1)


def _followups_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """The owner each time; with the last reminder the chapter's other advocates as well."""
    rows = FollowUp.objects.open().of_kept_records().filter(meeting_request=None)
    found = rows.filter(due_on__range=days.counted_from(offsets)).order_by("pk")
    last = max(offsets)
    overdue: list[tuple[int, int, RowPeriod, date]] = []
    for pk, owner, chapter, due_on in found.values_list("pk", "owner", "chapter", "due_on"):
        for offset in offsets:
            period, day = RowPeriod(pk, due_on, offset), due_on + _DAY * offset
            if day in days:
                yield Due(owner, str(period), day)
                overdue += [(owner, chapter, period, day)] if offset == last > 0 else []
    if overdue:
        yield from _copies(overdue)


def _copies(overdue: list[tuple[int, int, RowPeriod, date]]) -> Iterator[Due]:
    advocates = RoleAssignment.objects.in_force(society_today()).filter(
        role=Role.ADVOCATE, chapter__in={chapter for _owner, chapter, _period, _day in overdue}
    )
    pairs = set(advocates.order_by().values_list("chapter", "person"))
    for owner, chapter, period, day in overdue:
        for colleague in sorted(person for place, person in pairs if place == chapter and person != owner):
            yield Due(colleague, str(period), day)


def _followups_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = FollowUp.objects.visible_to(person).open().filter(pk__in={one.pk for one in asked.values()})
    readable = {row.pk: row for row in rows.select_related("official", "owner", "interaction")}
    found = {}
    for text, period in asked.items():
        row = readable.get(period.pk)
        if row and row.due_on == period.counted_from:
            found[text] = Line(_followup_in_words(row, person, today), row.get_absolute_url())
    return found


def _followup_in_words(row: FollowUp, person: User, today: date) -> str:
    """Of a restricted record a mail says only that something is due."""
    is_restricted = row.interaction and row.interaction.confidentiality == Confidentiality.RESTRICTED
    what = _("A follow-up of a restricted record") if is_restricted else str(row)
    if row.official and not is_restricted:
        what = _("%(what)s: %(official)s") % {"what": what, "official": row.official}
    if row.owner != person:
        what = _("%(what)s (%(owner)s)") % {"what": what, "owner": row.owner}
    words = {"what": what, "day": formats.date_format(row.due_on)}
    if row.due_on < today:
        return _("%(what)s was due on %(day)s") % words
    return _("%(what)s is due on %(day)s") % words


def _drafts_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """The first morning after so many days without a change."""
    first, last = days.counted_from(offsets)
    rows = Interaction.objects.kept().filter(
        state=State.DRAFT, updated_at__date__range=(first - _DAY * 2, last + _DAY)
    )
    fields = ("pk", "logged_by", "updated_at", "logged_by__time_zone")
    for pk, author, left_at, zone in rows.order_by("pk").values_list(*fields):
        shown = left_at.astimezone(ZoneInfo(zone))
        left_on = shown.date()
        for offset in offsets:
            day = left_on + _DAY * (offset + (shown.time() > _MORNING))
            if day in days:
                yield Due(author, str(RowPeriod(pk, left_on, offset)), day)


def _drafts_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = Interaction.objects.drafts_of(person).filter(pk__in={one.pk for one in asked.values()})
    drafts = {row.pk: row for row in rows}
    zone = ZoneInfo(person.time_zone)
    return {
        text: Line(
            _("A record of %(day)s is not finished")
            % {"day": formats.date_format(drafts[period.pk].occurred_on)},
            reverse("interactions:interaction_edit", args=[period.pk]),
        )
        for text, period in asked.items()
        if period.pk in drafts and drafts[period.pk].updated_at.astimezone(zone).date() == period.counted_from
    }


def _requests_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """The nudge of a request is due after five business days of the office."""
    rows = MeetingRequest.objects.waiting().filter(nudge__due_on__range=days.counted_from(offsets))
    for pk, owner, due_on in rows.order_by("pk").values_list("pk", "nudge__owner", "nudge__due_on"):
        for offset in offsets:
            if due_on + _DAY * offset in days:
                yield Due(owner, str(RowPeriod(pk, due_on, offset)), due_on + _DAY * offset)


def _requests_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = MeetingRequest.objects.visible_to(person).to_nudge(today).filter(nudge__owner=person)
    waiting = {
        row.pk: row
        for row in rows.filter(pk__in={one.pk for one in asked.values()}).select_related("official", "nudge")
    }
    found = {}
    for text, period in asked.items():
        row = waiting.get(period.pk)
        if row and row.nudge and row.nudge.due_on == period.counted_from:
            words = {"official": row.official, "day": formats.date_format(row.requested_on)}
            line = _("%(official)s has not answered your request of %(day)s") % words
            found[text] = Line(line, reverse("interactions:request_detail", args=[row.pk]))
    return found


reminder_rule(
    "interactions.followup",
    ReminderRule(
        gettext_lazy("Follow-up due or overdue"),
        MailClass.DUTY,
        _followups_due,
        _followups_in_words,
        offsets=(-1, 1, 5),
    ),
)
reminder_rule(
    "interactions.draft",
    ReminderRule(
        gettext_lazy("Record left unfinished"),
        MailClass.DUTY,
        _drafts_due,
        _drafts_in_words,
        offsets=(2, 5),
    ),
)
reminder_rule(
    "interactions.request",
    ReminderRule(
        gettext_lazy("Meeting request without an answer"),
        MailClass.DUTY,
        _requests_due,
        _requests_in_words,
        offsets=(0,),
    ),
)
reminder_rule(
    "interactions.quiet",
    ReminderRule(
        gettext_lazy("No contact with an official for too long"),
        MailClass.OPTIONAL,
        quiet_due,
        quiet_in_words,
    ),
)
reminder_rule(
    "interactions.stale",
    ReminderRule(
        gettext_lazy("Relationship or stance judged long ago"),
        MailClass.OPTIONAL,
        stale_due,
        stale_in_words,
    ),
)
