"""A whip count as a table. What is restricted is not in it, so its sums may differ from the screen's."""

from django.utils.translation import gettext as _

from advocacy.interactions.standings import SIDES
from advocacy.interactions.whip import Line, WhipCount
from advocacy.kernel.exports import Cell, Table


def whip_table(count: WhipCount) -> Table:
    """One row per member, in the order of the page."""
    columns = [
        _("Name"),
        _("Seat"),
        _("Where they stand"),
        _("Counted as"),
        _("How we know"),
        _("As of"),
        _("More than a year ago"),
        _("Details"),
    ]
    return Table(name=_("Whip count"), columns=columns, rows=(_cells(line) for line in count.lines))


def _cells(line: Line) -> list[Cell]:
    word = line.word
    return [
        line.name,
        line.seat,
        line.says,
        str(SIDES[line.side][0]),
        word.evidence if word else "",
        word.on if word else None,
        _("Yes") if line.is_old else "",
        word.details if word else "",
    ]
