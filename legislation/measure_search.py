"""Full-text search over measures: what writes its index. `Measure.objects.search` asks it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F

from legislation.changeset.held import chunks
from legislation.models import Measure, MeasureAction, StageEvent
from legislation.models.measure_text import keep

_AT_ONCE = 200


def index_measures(ids: Iterable[int]) -> None:
    """Make these measures found by what is on record of them now.

    Whoever writes measures, actions or stage events in bulk calls it afterwards; `Measure.save` does so by itself.
    """
    for keys in chunks(ids, _AT_ONCE):
        rows = Measure.objects.filter(pk__in=keys).prefetch_related("actions", "stage_events")
        with transaction.atomic():
            keep(rows)


def index_days_that_came(today: date) -> int:
    """Measures of which a line or step that was dated ahead has happened by now; returns how many there were.

    Steps count only where a measure has no history, and a history may have had none but lines ahead.
    """
    due = {"on__lte": today, "on__gt": F("measure__last_action_on")}
    told = MeasureAction.objects.filter(**due).order_by()
    steps = StageEvent.objects.filter(**due, measure__actions=None).order_by()
    found = {pk for rows in (told, steps) for pk in rows.values_list("measure", flat=True)}
    index_measures(sorted(found))
    return len(found)
