"""What a source says of a measure that is strange, and is kept as it says it: days ahead, steps out of order."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislation.actions.measure_report import Tally
from legislation.models.stage import Stage
from legislation.sources.measures.records import MeasureRecord
from legislation.sources.records import Remark
from legislation.stage_order import out_of_order


def note_odd(record: MeasureRecord, tally: Tally, today: date) -> None:
    """Count it and say so: it is on record, and who reads the report decides whether it is a mistake."""
    ahead = [action.on for action in record.actions or () if action.on > today]
    strange = list(_steps_out_of_order(record))
    tally.counts["actions_dated_ahead"] += len(ahead)
    tally.counts["steps_out_of_order"] += len(strange)
    whys = [*_dated_ahead(ahead), *strange]
    tally.odd += [Remark(record.file, record.key.number, why) for why in whys]


def _dated_ahead(days: list[date]) -> Iterator[str]:
    if days:
        yield ngettext(
            "%(count)d line of its history is dated ahead (%(day)s).",
            "%(count)d lines of its history are dated ahead (the last: %(day)s).",
            len(days),
        ) % {"count": len(days), "day": max(days).isoformat()}


def _steps_out_of_order(record: MeasureRecord) -> Iterator[str]:
    steps = sorted(record.stages or (), key=lambda step: step.on)
    for step, is_odd in zip(steps, out_of_order(steps), strict=True):
        if is_odd:
            yield _("“%(step)s” on %(day)s is out of the usual order.") % {
                "step": step.local_label or Stage(step.stage).label,
                "day": step.on.isoformat(),
            }
