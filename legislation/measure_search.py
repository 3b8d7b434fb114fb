"""Full-text search over measures: what writes its index. `Measure.objects.search` asks it."""

from collections.abc import Iterable

from django.db import transaction

from legislation.changeset.held import chunks
from legislation.models import Measure
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
