"""Which of two subject lines does better, and whether that can be said yet.

Each share has Wilson's interval, their difference Newcombe's (1998, method 10): both hold for small counts and for
none at all. Looking at a running comparison again and again would in the end find a difference where there is none.
The rule: a mailing is looked at once a day, the k-th look may err with 5 % / k(k+1), and all looks together, however
many, with 5 %.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from django.utils import formats
from django.utils.translation import gettext as _

ERROR = 0.05


@dataclass(frozen=True)
class Share:
    """`count` of `total` people did it."""

    count: int
    total: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.total:
            raise ValueError(f"{self.count} of {self.total} is no share")

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else 0.0

    def __str__(self) -> str:
        return _("%(count)s of %(total)s") % {
            "count": formats.number_format(self.count, force_grouping=True),
            "total": formats.number_format(self.total, force_grouping=True),
        }


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, as shares of one; a difference may be negative."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def error_at(look: int) -> float:
    """How often the look of this number, from 1 on, may claim a difference that is none."""
    if look < 1:
        raise ValueError("Looks are counted from 1.")
    return ERROR / (look * (look + 1))


def wilson(share: Share, error: float = ERROR) -> Interval:
    """Where the true share lies. Nobody asked yet means it can lie anywhere."""
    if not share.total:
        return Interval(0.0, 1.0)
    z, total, value = NormalDist().inv_cdf(1 - error / 2), share.total, share.value
    middle = value + z * z / (2 * total)
    reach = z * sqrt(value * (1 - value) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    # At none and at all the bound is exact; arithmetic would miss it by a hair.
    low = 0.0 if share.count == 0 else (middle - reach) / scale
    high = 1.0 if share.count == total else (middle + reach) / scale
    return Interval(low, high)


def newcombe(one: Share, other: Share, error: float = ERROR) -> Interval:
    """Where the true difference `one` minus `other` lies."""
    first, second = wilson(one, error), wilson(other, error)
    difference = one.value - other.value
    down = sqrt((one.value - first.low) ** 2 + (second.high - other.value) ** 2)
    up = sqrt((first.high - one.value) ** 2 + (other.value - second.low) ** 2)
    return Interval(max(difference - down, -1.0), min(difference + up, 1.0))


@dataclass(frozen=True)
class Comparison:
    """Two subject lines of one mailing, A and B, as they stand at one look."""

    a: Share
    b: Share
    look: int = 1

    @property
    def difference(self) -> Interval:
        """B minus A, widened for the looks taken before."""
        return newcombe(self.b, self.a, error_at(self.look))

    @property
    def can_tell(self) -> bool:
        return bool(self.a.total and self.b.total) and not self.difference.holds(0.0)

    @property
    def words(self) -> str:
        """What may honestly be said."""
        if not (self.a.total and self.b.total):
            return _("Nothing to compare yet.")
        if not self.can_tell:
            return _("Too early to tell: %(a)s against %(b)s.") % {"a": self.a, "b": self.b}
        sentence = (
            _("A does better: %(a)s against %(b)s, by %(low)s to %(high)s percentage points.")
            if self.difference.high < 0
            else _("B does better: %(b)s against %(a)s, by %(low)s to %(high)s percentage points.")
        )
        low, high = sorted((abs(self.difference.low), abs(self.difference.high)))
        return sentence % {"a": self.a, "b": self.b, "low": _points(low), "high": _points(high)}


def _points(share: float) -> str:
    return formats.number_format(round(100 * share, 1), decimal_pos=1)
