"""The chapters: on the map by health, and one by one in a table (DOMAIN.md §6.2, blocks 4 and 7)."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.interactions.coverage import percent
from advocacy.reports.metrics.figure import Figure
from advocacy.reports.metrics.health import Colour
from advocacy.reports.metrics.seats import Sums
from advocacy.reports.national.document import Block, Cell, Column, Drawing
from advocacy.reports.national.record import Record
from advocacy.reports.numbers import hide_small
from legislation.models import Jurisdiction
from members.models import Chapter

# The worst health comes first: it is what a tile of several chapters shows.
_WORST_FIRST = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.GREY)
_COUNTED = ("meaningful", "officials", "coverage", "followups", "attendance")


def health_map(record: Record) -> Block:
    """A row per state or province in which chapters work: their health, and how well its seats are covered."""
    working: dict[Jurisdiction, set[int]] = {}
    for chapter in record.chapters:
        for place in _places(chapter):
            working.setdefault(place, set()).add(chapter.pk)
    sums = record.standings.by_place()
    rows = [
        _place_row(place, [record.health[pk].colour for pk in sorted(chapters)], sums.get(place.pk, Sums()))
        for place, chapters in working.items()
    ]
    return Block(
        "map",
        _("Chapters by health, coverage by state and province"),
        [
            Column("code", _("Code")),
            Column("place", _("State or province")),
            Column("health", _("Health")),
            Column("chapters", _("Chapters"), is_number=True),
            *(Column(str(colour), str(colour.label), is_number=True) for colour in _WORST_FIRST),
            Column("seats", _("Seats"), is_number=True),
            Column("coverage", _("Coverage"), is_number=True),
        ],
        sorted(rows, key=lambda row: (str(row[1]), str(row[0]))),
        notes=[_("Where several chapters work, the map shows the health of the one that needs help most.")],
        drawing=Drawing.TILE_MAP,
        empty=_("No chapter has a territory."),
    )


def _places(chapter: Chapter) -> Iterable[Jurisdiction]:
    """The states and provinces of its territory; a county or town stands for the state around it."""
    for territory in chapter.territories.all():
        place = territory.jurisdiction
        yield place if place.has_a_legislature or place.parent is None else place.parent


def _place_row(place: Jurisdiction, colours: list[Colour], seats: Sums) -> list[Cell]:
    number = Counter(colours)
    worst = next(colour for colour in _WORST_FIRST if number[colour])
    counts: list[Cell] = [number[colour] for colour in _WORST_FIRST]
    return [
        place.abbreviation,
        str(place),
        str(worst.label),
        len(colours),
        *counts,
        seats.held,
        percent(seats.touched, seats.held),
    ]


def chapter_table(record: Record) -> Block:
    figures = {
        code: record.coverage_by_chapter() if code == "coverage" else record.by_chapter(code)
        for code in _COUNTED
    }
    return Block(
        "chapters",
        _("Chapters"),
        [
            Column("chapter", _("Chapter")),
            Column("status", _("Status")),
            Column("why", _("Why")),
            Column("report", _("Report")),
            Column("interactions", _("Interactions"), is_number=True),
            Column("officials", _("Officials"), is_number=True),
            Column("coverage", _("Coverage"), is_number=True),
            Column("followups", _("Follow-ups on time"), is_number=True),
            Column("attendance", _("Attendance, last 3"), is_number=True),
            Column("advocate_since", _("Advocate since"), is_day=True),
            Column("in_session", _("In session?")),
        ],
        [_chapter_row(record, chapter, figures) for chapter in record.chapters],
        notes=_together(record, figures["meaningful"]),
        empty=_("No chapter was active on the last day of the month."),
    )


def _chapter_row(record: Record, chapter: Chapter, figures: dict[str, dict[int, Figure]]) -> list[Cell]:
    health, report = record.health[chapter.pk], record.reports.get(chapter.pk)
    advocate = record.advocates.get(chapter.pk)
    return [
        str(chapter),
        health.label,
        " ".join(health.reasons),
        str(report.standing(record.now).label) if report else _("Not opened yet"),
        *(_cell(figures[code][chapter.pk]) for code in _COUNTED),
        advocate.starts_on.isoformat() if advocate else _("vacant"),
        _("yes") if chapter.pk in record.in_session else _("no"),
    ]


def _cell(figure: Figure) -> Cell:
    """A count as a number; a share, and what is not told, as the text that stands on the page."""
    text = figure.text()
    return int(figure.value) if figure.value is not None and text.isdecimal() else text


def _together(record: Record, by_chapter: dict[int, Figure]) -> list[str]:
    """What the rows come to, each contact once, and why adding them up gives more."""
    total = hide_small(record.headlines["meaningful"].now)
    if total.value is None:
        return []
    said = [
        ngettext(
            "All chapters together, each interaction once: %(count)d.",
            "All chapters together, each interaction once: %(count)d.",
            int(total.value),
        )
        % {"count": int(total.value)}
    ]
    if sum(figure.value or 0 for figure in by_chapter.values()) > total.value:
        said.append(sharing_sentence())
    return said


def sharing_sentence() -> str:
    return _(
        "Shared interactions count in each participating chapter and once in the total, so chapter figures may add to "
        "more than the total."
    )
