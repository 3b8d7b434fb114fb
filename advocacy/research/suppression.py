"""What of an activity may be shown without pointing at a person (DOMAIN.md W8): the rule, written once.

Of fewer than five participants neither words nor numbers are shown, to nobody and in no output: the people who write
the record read them in their own forms. Of five and more no cell of a table below five is shown, nor any that could
be computed from the total and the cells beside it. Words without consent are never shown, however many took part.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

FEWEST = 5


class Cell(NamedTuple):
    """One line of a table; `number` is None where it is not shown."""

    label: str
    number: int | None


def is_suppressed(participants: int | None) -> bool:
    return participants is None or participants < FEWEST


def enough(way: str = "") -> Q:
    """Rows whose activity had enough participants; `way` leads to it from the row, as in `activity__`."""
    return Q(**{f"{way}participants__gte": FEWEST})


def why() -> str:
    """The explanation that stands in the place of what is not shown."""
    return _(
        "Fewer than five people took part, so quotes and breakdowns are not shown: they could be recognized. With a "
        "fifth participant they appear."
    )


def breakdown(total: int, counts: Sequence[tuple[str, int]]) -> list[Cell]:
    """The cells of one table whose total is known, without those that are small or could be computed.

    Whoever is in no cell is a cell of its own. Where a small one is hidden, the next larger ones are hidden with it
    until there are two at least, together five at least: what is left over from the total then names no single one.
    """
    rest = total - sum(count for _label, count in counts)
    cells = [*counts, (_("Not said"), rest)] if rest > 0 else list(counts)
    hidden = _hidden([count for _label, count in cells]) if total >= FEWEST else set(range(len(cells)))
    return [Cell(label, None if place in hidden else count) for place, (label, count) in enumerate(cells)]


def _hidden(counts: list[int]) -> set[int]:
    """The places of what is not shown. An empty cell is no person's, and stays."""
    by_size = sorted((count, place) for place, count in enumerate(counts) if count > 0)
    small = [place for count, place in by_size if count < FEWEST]
    if not small:
        return set()
    hidden = small
    for _count, place in by_size[len(small) :]:
        if sum(counts[one] for one in hidden) >= FEWEST:
            break
        hidden.append(place)
    return set(hidden)


def frequency(total: int | None, count: int | None) -> int | None:
    """How many raised a theme, where neither they nor those who did not are few."""
    if total is None or count is None or is_suppressed(total):
        return None
    others = total - count
    return None if 0 < count < FEWEST or 0 < others < FEWEST else count
