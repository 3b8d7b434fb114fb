"""How many went from being asked to being answered: counts, and rates that say what they are a share of.

Arithmetic alone: whoever asks the tables gives tallies, and every number is the sum of tallies, so that parts by
chapter, target or day always add up to the whole.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.interactions.coverage import percent


class Step(models.TextChoices):
    """In the order in which they happen."""

    INVITED = "invited", gettext_lazy("Invited")
    DELIVERED = "delivered", gettext_lazy("Delivered")
    VIEWED = "viewed", gettext_lazy("Viewed")
    ACTED = "acted", gettext_lazy("Acted")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    ANSWERED = "answered", gettext_lazy("Answered")


# What each step is a share of (DOMAIN.md §6.3, campaign action rate). Opened mails lead to nothing here: mail programs
# inflate them.
SHARE_OF = {
    Step.DELIVERED: Step.INVITED,
    Step.VIEWED: Step.DELIVERED,
    Step.ACTED: Step.DELIVERED,
    Step.CONFIRMED: Step.ACTED,
    Step.ANSWERED: Step.ACTED,
}


@dataclass(frozen=True)
class Tally:
    """So many of one step; the rest says of whom, where it is known.

    No chapter: credited to none. No target: before anybody wrote to an office.
    """

    step: Step
    count: int
    chapter: int | None = None
    target: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Rate:
    """`part` of `whole`. It can be more than all: people also come by links that others share."""

    part: int
    whole: int

    @property
    def text(self) -> str:
        return percent(self.part, self.whole) if self.whole else _("n/a")


@dataclass(frozen=True)
class Funnel:
    """The counts of every step, 0 where there is none."""

    counts: Mapping[Step, int]

    def rate(self, step: Step) -> Rate | None:
        """None for those invited: they are a share of nobody."""
        whole = SHARE_OF.get(step)
        return Rate(self.counts[step], self.counts[whole]) if whole else None

    @property
    def rows(self) -> list[tuple[Step, int, str]]:
        """Each step with its count and, in words, its rate."""
        rates = {step: self.rate(step) for step in Step}
        return [(step, self.counts[step], rate.text if rate else "") for step, rate in rates.items()]


def funnel_of(tallies: Iterable[Tally]) -> Funnel:
    counts = dict.fromkeys(Step, 0)
    for tally in tallies:
        counts[tally.step] += tally.count
    return Funnel(counts)


def by_chapter(tallies: Iterable[Tally]) -> dict[int | None, Funnel]:
    """In the order of their keys; last, under None, what is credited to no chapter."""
    return _by_key(tallies, lambda tally: tally.chapter)


def by_target(tallies: Iterable[Tally]) -> dict[int | None, Funnel]:
    """In the order of their keys; last, under None, the steps before anybody wrote to an office."""
    return _by_key(tallies, lambda tally: tally.target)


def by_day(tallies: Iterable[Tally], first: date, last: date) -> dict[date, Funnel]:
    """Every day from `first` to `last`, both included, also those on which nothing happened."""
    days: dict[date, list[Tally]] = {
        first + timedelta(days=number): [] for number in range((last - first).days + 1)
    }
    for tally in tallies:
        if tally.day in days:
            days[tally.day].append(tally)
    return {day: funnel_of(found) for day, found in days.items()}


def _by_key(tallies: Iterable[Tally], key: Callable[[Tally], int | None]) -> dict[int | None, Funnel]:
    groups: dict[int | None, list[Tally]] = defaultdict(list)
    for tally in tallies:
        groups[key(tally)].append(tally)
    ordered = sorted(groups, key=lambda one: (one is None, one or 0))
    return {one: funnel_of(groups[one]) for one in ordered}
