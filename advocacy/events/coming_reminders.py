"""What an Advocacy Day reminds people of before it: those who come, and whoever looks after a step of its checklist.

Colleagues who come get the same letter as everybody else; those without an account are reminded by mails that were
written with their place (attendee_mail.py).
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.events import attendee_mail
from advocacy.events.models import DONE, ChecklistItem, EventStatus, Registration
from advocacy.events.models.checklist import ChecklistItemQuerySet
from advocacy.kernel.reminder_rules import Days, Due, Line, RowPeriod
from advocacy.outbox.models import OutboundMessage

_DAY = timedelta(days=1)


def due_before_the_day(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before the event, to each colleague with a place."""
    rows = Registration.objects.coming().filter(
        event__held_on__range=days.counted_from(offsets), person__is_active=True
    )
    rows = rows.exclude(event__status__in=(EventStatus.IDEA, *DONE)).select_related("event")
    for row in rows.order_by("event__held_on", "pk"):
        for offset in offsets:
            if row.person_id and (day := row.event.held_on + _DAY * offset) in days:
                yield Due(row.person_id, str(RowPeriod(row.event_id, row.event.held_on, offset)), day)


def post_before_the_day(person: User, period: str, now: datetime) -> OutboundMessage | None:
    """Nothing to who withdrew, nor of a day that was cancelled or moved."""
    asked = RowPeriod.parse(period)
    rows = Registration.objects.all().visible_to(person).coming().filter(person=person, event=asked.pk)
    row = rows.exclude(event__status__in=DONE).select_related("event__coordinator", "person").first()
    if row is None or row.event.held_on != asked.counted_from or row.event.today(now) > row.event.held_on:
        return None
    return attendee_mail.remind(row, asked.offset, now=now)


def _open_steps() -> ChecklistItemQuerySet:
    """With `keeper`: its owner, or the coordinator."""
    rows = ChecklistItem.objects.open().exclude(event__status__in=DONE)
    return rows.annotate(keeper=Coalesce(F("owner"), F("event__coordinator")))


def due_of_steps(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many days before or after the day of a step, to whoever looks after it."""
    rows = _open_steps().filter(due_on__range=days.counted_from(offsets))
    for item in rows.order_by("due_on", "pk"):
        for offset in offsets:
            if (day := item.due_on + _DAY * offset) in days:
                keeper: int = item.keeper  # type: ignore[attr-defined]  # annotated above
                yield Due(keeper, str(RowPeriod(item.pk, item.due_on, offset)), day)


def steps_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of a step that is done, moved, or somebody else's meanwhile."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    visible = ChecklistItem.objects.all().visible_to(person).order_by().values("pk")
    mine = Q(owner=person) | Q(owner=None, event__coordinator=person)
    rows = _open_steps().filter(mine, pk__in={one.pk for one in asked.values()})
    standing = {row.pk: row for row in rows.filter(pk__in=visible).select_related("event")}
    return {
        text: _step(standing[one.pk], person, today)
        for text, one in asked.items()
        if one.pk in standing and standing[one.pk].due_on == one.counted_from
    }


def _step(item: ChecklistItem, person: User, today: date) -> Line:
    said = {
        "event": item.event.name_in(person.language),
        "step": item,
        "day": formats.date_format(item.due_on, "DATE_FORMAT"),
    }
    text = _("%(event)s: due on %(day)s: %(step)s") % said
    if item.due_on < today:
        text = _("%(event)s: was due on %(day)s: %(step)s") % said
    return Line(text, reverse("events:checklist", args=[item.event_id]), _("You look after this step."))
