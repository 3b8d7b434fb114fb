"""Recording what came of our work on a measure: `outcomes.record(tracking, said, by=dana, on=today)`."""

from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.errors import NotEnded
from advocacy.positions.models import Outcome, Tracking


@dataclass(frozen=True)
class Said:
    """What is recorded of one outcome."""

    contribution: str = ""
    amendments_obtained: str = ""
    lessons: str = ""
    thanks: str = ""
    effective_on: date | None = None
    rulemaking_url: str = ""


_FIELDS = tuple(one.name for one in fields(Said))


def record(tracking: Tracking, said: Said, *, by: User, on: date) -> Outcome | None:
    """For whoever follows the measure. None where nothing differs. Raises `NotEnded` while the measure is open."""
    if tracking.measure.fate(on).is_open:
        raise NotEnded(str(tracking.measure))
    with transaction.atomic():
        # Two people of one chapter who record it at once wait for each other.
        Tracking.objects.select_for_update().get(pk=tracking.pk)
        row = Outcome.objects.filter(measure=tracking.measure, chapter=tracking.chapter).first()
        before = trail.snapshot(row, _FIELDS) if row else {}
        row = row or Outcome(measure=tracking.measure, chapter=tracking.chapter)
        for name, value in asdict(said).items():
            setattr(row, name, value)
        after = trail.snapshot(row, _FIELDS)
        changes = trail.difference(before, after)
        if not changes:
            return None
        row.recorded_on, row.recorded_by = on, by
        row.save()
        trail.record(by=by, verb="edited" if before else "added", of=row, changes=changes)
    return row
