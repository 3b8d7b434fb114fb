"""What changed, in words: shared by the mail and the pages, in the reader's language and by the reader's clock."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from advocacy.kernel.two_clocks import by_both_clocks, by_the_clock
from legislation.models import EventKind, MeasureEvent, Stage
from legislation.models.public_record import in_language


def before(event: MeasureEvent) -> str:
    return _one_side(event, event.old)


def after(event: MeasureEvent) -> str:
    return _one_side(event, event.new)


def _one_side(event: MeasureEvent, said: dict[str, Any]) -> str:
    """Empty where there was nothing before, or is nothing any more."""
    if not said:
        return ""
    if event.kind == EventKind.STAGE_CHANGED:
        return str(said["label"] or Stage(said["stage"]).label)
    if event.kind == EventKind.TEXT_CHANGED:
        return in_language(get_language(), said["label"], said["label_fr"])
    starts_at = datetime.fromisoformat(said["starts_at"])
    when = by_both_clocks(starts_at, timezone.get_current_timezone_name(), said["zone"])
    return " · ".join(filter(None, (when, said["room"])))


def moment(at: datetime) -> str:
    return by_the_clock(at, timezone.get_current_timezone_name())
