"""What a mail of alerts says: each change once, with our position, why it comes, and how fresh it is.

Nothing else of what a chapter keeps about a measure goes into mail: neither its notes nor why it matters (DOMAIN.md §9,
trap 10).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.positions.alerts import wording
from advocacy.positions.models import Alert, Position
from legislation import feed_health
from legislation.feed_health import LastGood
from legislation.models import MeasureEvent


@dataclass
class Line:
    """One change. A hearing on several measures is one line."""

    title: str
    what: str
    old: str
    new: str
    link: str
    fresh: str
    measures: list[str] = field(default_factory=list)
    positions: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def lines_for(person: User, alerts: Sequence[Alert]) -> list[Line]:
    """In the order of the alerts. For rows with event, its measure, hearing, source and person, and tracking."""
    imported = [row.event for row in alerts if row.event.source_id]
    good = feed_health.last_good({event.measure.session.jurisdiction_id for event in imported})
    positions = _positions(person, alerts)
    found: dict[object, Line] = {}
    for row in alerts:
        event = row.event
        same = (event.kind, event.key) if event.is_of_a_hearing else event.pk
        line = found.setdefault(same, _line(event, good))
        _add(line.measures, f"{event.measure}: {event.measure.title}".removesuffix(": "))
        _add(line.reasons, row.why)
        for position in positions.get(_about(row), [_("No position yet.")]):
            _add(line.positions, position)
        if len(line.measures) > 1:
            line.title = f"{event.hearing}: {event.get_kind_display()}"
    return list(found.values())


def select_parts(alerts: Iterable[Alert]) -> list[Alert]:
    """These alerts again, with all that their lines ask for."""
    rows = Alert.objects.filter(pk__in=[row.pk for row in alerts]).select_related(
        "event__measure__session__jurisdiction",
        "event__hearing__committee",
        "event__source",
        "event__by",
        "tracking__measure__session",
        "tracking__chapter",
    )
    return list(rows.order_by("event", "pk"))


def _add(texts: list[str], text: str) -> None:
    if text not in texts:
        texts.append(text)


def _line(event: MeasureEvent, good: dict[int, LastGood]) -> Line:
    what = str(event.get_kind_display())
    place = event.hearing if event.hearing else event.measure
    return Line(
        title=f"{event.measure}: {what}",
        what=f"{what}: {event.hearing.held_by}" if event.hearing else what,
        old=wording.before(event),
        new=wording.after(event),
        link=f"{settings.PORTAL_URL}{place.get_absolute_url()}",
        fresh=_fresh(event, good),
    )


def _fresh(event: MeasureEvent, good: dict[int, LastGood]) -> str:
    """So that silence can be explained as well: when the source was last heard of, or who entered it."""
    if event.source is None:
        return _("Entered by %(who)s on %(when)s") % {
            "who": event.by,
            "when": wording.moment(event.noted_at),
        }
    heard = LastGood(str(event.source), event.noted_at)
    known = good.get(event.measure.session.jurisdiction_id, heard)
    return _("%(source)s: feed last good %(when)s") % {
        "source": known.source,
        "when": wording.moment(known.at),
    }


def _about(row: Alert) -> tuple[int, int | None]:
    """Whose position on which measure: that which the person follows."""
    if row.tracking is None:
        return row.event.measure_id, None
    return row.tracking.measure_id, row.tracking.chapter_id


def _positions(person: User, alerts: Sequence[Alert]) -> dict[tuple[int, int | None], list[str]]:
    """What the chapter thinks, else what the society does; with what a new text asks of it."""
    asked = {_about(row) for row in alerts}
    rows = Position.objects.visible_to(person).filter(measure__in={measure for measure, _chapter in asked})
    current = rows.with_newest_text().select_related("chapter", "measure__session").order_by("pk")
    said: dict[tuple[int, int | None], list[str]] = {}
    for row in (row for row in current if row.is_current):
        words = _("Position of %(holder)s: %(position)s") % {"holder": row.holder, "position": row.label}
        if row.text_has_changed:
            words = f"{words} · {_('Review needed: text changed')}"
        said.setdefault((row.measure_id, row.chapter_id), []).append(words)
    return {
        key: said.get(key) or said[key[0], None] for key in asked if key in said or (key[0], None) in said
    }
