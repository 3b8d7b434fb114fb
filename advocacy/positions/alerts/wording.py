"""What changed, in words: shared by the mail and the pages, in the reader's language and by the reader's clock."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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
    return " · ".join(filter(None, (by_both_clocks(said["starts_at"], said["zone"]), said["room"])))


def by_both_clocks(moment: str, zone: str) -> str:
    """By the reader's clock and, where that shows another time, by that of the room."""
    there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    here = timezone.localtime(there)
    if here.utcoffset() == there.utcoffset():
        return _("%(day)s, %(time)s") % _parts(here)
    words = _parts(here) | {"there": _("%(day)s, %(time)s") % _parts(there), "zone": zone.replace("_", " ")}
    return _("%(day)s, %(time)s your time (%(there)s, %(zone)s)") % words


def moment(at: datetime) -> str:
    return _("%(day)s, %(time)s") % _parts(timezone.localtime(at))


def _parts(at: datetime) -> dict[str, str]:
    day = f"{formats.date_format(at, 'l')} {formats.date_format(at, 'DATE_FORMAT')}"
    return {"day": day, "time": f"{at:%H:%M}"}
