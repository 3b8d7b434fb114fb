"""One number with what makes it honest: out of how many, how many shared, how many restricted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.interactions.coverage import percent

# Below this, a cell made of restricted records alone would point at one of them (DOMAIN.md §9, trap 10).
FEWEST_TO_SHOW = 3


class Unit(models.TextChoices):
    COUNT = "count", "count"
    PERCENT = "percent", "percent"
    DAYS = "days", "days"
    HOURS = "hours", "hours"


@dataclass(frozen=True)
class Figure:
    """`value` is a count, a median, a sum, or the part of `of`; None where nothing is known.

    `shared` and `restricted` say how many of the rows counted are credited to several chapters, and how many only
    few may read. `parts` are sub-figures by code. Without `had_data` the scope had none in those days.
    """

    unit: str
    value: float | None
    of: int | None = None
    shared: int = 0
    restricted: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    had_data: bool = True

    def text(self) -> str:
        """As it reads on the page: “n/a” without data then, a dash where there is nothing to divide by."""
        if not self.had_data:
            return _("n/a")
        if self.value is None or (self.unit == Unit.PERCENT and not self.of):
            return "–"
        if self.unit == Unit.PERCENT:
            return percent(int(self.value), self.of or 0)
        return number_format(self.value, decimal_pos=0 if self.value == int(self.value) else 1)

    def note(self) -> str:
        """What stands in small print beside it."""
        if not self.had_data:
            return ""
        said = []
        if self.unit == Unit.PERCENT and self.of:
            said.append(_("%(part)d of %(whole)d") % {"part": self.value or 0, "whole": self.of})
        if self.unit == Unit.DAYS and self.of is not None:
            said.append(_("n = %(count)d") % {"count": self.of})
        if self.shared:
            said.append(
                ngettext("%(count)d shared", "%(count)d shared", self.shared) % {"count": self.shared}
            )
        return ", ".join(said)

    def is_suppressed(self) -> bool:
        """Made of few restricted records and nothing else: others are not told how many."""
        if self.unit != Unit.COUNT:
            return 0 < self.restricted == (self.of or 0) < FEWEST_TO_SHOW
        return 0 < self.restricted == (self.value or 0) < FEWEST_TO_SHOW

    def as_row(self) -> dict[str, Any]:
        return {**asdict(self), "unit": str(self.unit), "parts": dict(self.parts)}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        return cls(**row)


def without_data(unit: str) -> Figure:
    return Figure(unit, None, had_data=False)
