"""Reminding of recognitions before they must be in hand, and once when they are not (DOMAIN.md §2.4, W5)."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.events.models import DONE, Recognition
from advocacy.events.models.recognition import RecognitionQuerySet
from advocacy.kernel.reminder_rules import Days, Due, Line, RowPeriod


def _awaited() -> RecognitionQuerySet:
    """Still open, and not for a day that is closed or cancelled."""
    rows = Recognition.objects.open()
    return rows.filter(Q(event=None) | ~Q(event__status__in=DONE)).select_related("event", "official")


def _keepers(row: Recognition) -> Iterable[int]:
    """Its owner, and whoever coordinates the day it is for: once where they are the same."""
    coordinator = row.event.coordinator_id if row.event else row.owner_id
    return dict.fromkeys((row.owner_id, coordinator))


def due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    rows = _awaited().filter(due_on__range=days.counted_from(offsets))
    for row in rows.order_by("due_on", "pk"):
        for offset in offsets:
            if (day := row.due_on + timedelta(days=offset)) in days:
                period = str(RowPeriod(row.pk, row.due_on, offset))
                yield from (Due(keeper, period, day) for keeper in _keepers(row))


def in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of one that is done, declined, due on another day, or somebody else's meanwhile."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    visible = Recognition.objects.visible_to(person).order_by().values("pk")
    mine = _awaited().filter(Q(owner=person) | Q(event__coordinator=person), pk__in=visible)
    standing = mine.in_bulk({one.pk for one in asked.values()})
    editable = set(
        Recognition.objects.editable_by(person).filter(pk__in=standing).values_list("pk", flat=True)
    )
    return {
        text: _line(standing[one.pk], one.pk in editable, today)
        for text, one in asked.items()
        if one.pk in standing and standing[one.pk].due_on == one.counted_from
    }


def _line(row: Recognition, may_edit: bool, today: date) -> Line:
    said = {"title": row, "office": row.with_whom, "day": formats.date_format(row.due_on, "DATE_FORMAT")}
    text = _("%(title)s (%(office)s): needed by %(day)s") % said
    if row.due_on < today:
        text = _("%(title)s (%(office)s): was needed by %(day)s") % said
    # Whoever coordinates the day does not always keep the recognitions of the chapter.
    link = (
        reverse("events:recognition_edit", args=[row.pk]) if may_edit else reverse("events:recognition_list")
    )
    return Line(text, link, _("You look after this recognition."))
