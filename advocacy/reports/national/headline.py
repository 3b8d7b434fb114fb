"""The headline strip: six numbers, and where they come from (DOMAIN.md §6.2, block 1)."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.national.document import Block, Cell, Column, Drawing
from advocacy.reports.national.record import Record
from advocacy.reports.numbers import Trend, hide_small


def headline(record: Record) -> Block:
    found = record.headlines
    rows = [_moved(trend) if code == "measures" else _tile(code, trend) for code, trend in found.items()]
    return Block(
        "headline",
        _("Headlines"),
        [
            Column("number", _("What is counted")),
            Column("value", _("This month"), is_number=True),
            Column("since_last_month", _("Since last month"), is_number=True),
            Column("since_last_year", _("Since the same month last year"), is_number=True),
        ],
        rows,
        notes=_sharing(found["meaningful"].now),
        drawing=Drawing.TILES,
    )


def _tile(code: str, trend: Trend) -> list[Cell]:
    now, before, last_year = (hide_small(one) for one in (trend.now, trend.before, trend.last_year))
    title, value = str(METRICS[code].title), now.text()
    if code == "received":
        value = _part_of(now)
        now, before, last_year = (_as_count(one) for one in (now, before, last_year))
    return [title, value, change(now, before), change(now, last_year)]


def _as_count(figure: Figure) -> Figure:
    """“3 of 5” is compared by its first number; where nothing was expected there is nothing to compare."""
    return replace(figure, unit=Unit.COUNT, value=figure.value if figure.of else None)


def _moved(trend: Trend) -> list[Cell]:
    """“1 of 4”: the measures of tier 1 that moved."""
    now, before, last_year = (_of_tier_1(figure) for figure in (trend.now, trend.before, trend.last_year))
    value = now.text() if trend.now.value is None else _part_of(replace(now, of=trend.now.parts["tier_1"]))
    return [_("Tier-1 measures moved"), value, change(now, before), change(now, last_year)]


def _of_tier_1(measures: Figure) -> Figure:
    return replace(measures, value=measures.parts.get("tier_1_moved"), parts={})


def _part_of(figure: Figure) -> str:
    if not figure.of:
        return figure.text()
    return _("%(part)d of %(whole)d") % {"part": figure.value or 0, "whole": figure.of}


def change(now: Figure, then: Figure) -> str:
    """“+3”, “−4 points”; “n/a” where there is nothing to compare with."""
    shown, before = _shown(now), _shown(then)
    if shown is None or before is None:
        return _("n/a")
    difference = shown - before
    text = f"{difference:+d}".replace("-", "\N{MINUS SIGN}") if difference else "0"
    if now.unit == Unit.PERCENT:
        return ngettext("%(count)s point", "%(count)s points", abs(difference)) % {"count": text}
    return text


def _shown(figure: Figure) -> int | None:
    """The whole number that the reader sees: shares are rounded down, as they are written."""
    if not figure.had_data or figure.value is None or (figure.unit == Unit.PERCENT and not figure.of):
        return None
    if figure.unit == Unit.PERCENT:
        return int(100 * figure.value // (figure.of or 1))
    return int(figure.value)


def _sharing(figure: Figure) -> list[str]:
    """How many of the contacts are shared between chapters, and how many nobody but few may read."""
    said = []
    if figure.shared:
        said.append(
            ngettext(
                "%(count)d interaction is shared between chapters and counts here once.",
                "%(count)d interactions are shared between chapters and count here once.",
                figure.shared,
            )
            % {"count": figure.shared}
        )
    if figure.restricted and not figure.is_suppressed():
        said.append(
            ngettext(
                "%(count)d restricted record counted, not shown",
                "%(count)d restricted records counted, not shown",
                figure.restricted,
            )
            % {"count": figure.restricted}
        )
    return said
