"""The results of one campaign as a page and a file show them: each number with its words and the way to its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.kernel.exports import Table
from campaigns import funnel_rows
from campaigns.funnel import SHARE_OF, Funnel, Step, by_day, by_target, funnel_of
from campaigns.funnel_rows import MEANING, Cut, Line
from campaigns.models import Campaign, Target
from members.access import Reach
from members.models import Chapter

# The page draws the newest of them; the file has all.
DAYS_SHOWN = 62


@dataclass(frozen=True)
class Cell:
    """A number; `url` where its rows may be read, `length` for the bar beside it, in hundredths of the longest."""

    count: int
    url: str = ""
    length: int = 0


@dataclass(frozen=True)
class StepLine:
    label: str
    cell: Cell
    rate: str
    whole: str
    meaning: str


@dataclass(frozen=True)
class Part:
    """One chapter, target or day with its numbers."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Results:
    """`steps` are of the whole; the parts by chapter and day add up to them, those by target count letters."""

    steps: list[StepLine]
    by_chapter: list[Part]
    by_target: list[Part]
    by_day: list[Part]


LETTER_STEPS = (Step.ACTED, Step.CONFIRMED, Step.ANSWERED)


class Sheet:
    """Puts the numbers of one campaign together for one reader."""

    def __init__(self, campaign: Campaign, reach: Reach) -> None:
        self.campaign, self.reach = campaign, reach
        self.found = funnel_rows.tallies(campaign)
        self.may_open = reach.is_staff or bool(reach.advocate_of)

    def results(self, *, days: int = DAYS_SHOWN) -> Results:
        chapters = funnel_rows.chapters_for(self.found, self.reach)
        credited = Chapter.objects.filter(pk__in=[line.key for line in chapters.lines if line.key])
        names = dict(credited.values_list("pk", "name"))
        parts = [self._chapter(line, names) for line in chapters.lines]
        if chapters.others:
            parts.append(Part(_("Other chapters, of few people each"), _plain(chapters.others)))
        return Results(self._steps(), parts, self._targets(), self._days(days))

    def _steps(self) -> list[StepLine]:
        whole = funnel_of(self.found)
        most = max(whole.counts.values(), default=0)
        return [
            StepLine(
                str(step.label),
                Cell(count, self._url(Cut(step)), 100 * count // most if most else 0),
                rate,
                _("of %(step)s") % {"step": SHARE_OF[step].label} if step in SHARE_OF else "",
                str(MEANING[step]),
            )
            for step, count, rate in whole.rows
        ]

    def _chapter(self, line: Line, names: dict[int, str]) -> Part:
        label = names.get(line.key or 0) or _("Credited to no chapter")
        is_open = self.reach.is_staff or line.key in self.reach.advocate_of
        return Part(
            label,
            [
                Cell(count, self._url(Cut(step, chapter=line.key or 0)) if is_open else "")
                for step, count in line.funnel.counts.items()
            ],
        )

    def _targets(self) -> list[Part]:
        by_key = by_target(funnel_rows.letter_tallies(self.campaign))
        targets = {
            one.pk: one
            for one in Target.objects.filter(pk__in=[pk for pk in by_key if pk]).select_related("official")
        }
        ordered = sorted(by_key.items(), key=lambda item: (-item[1].counts[Step.ACTED], item[0] or 0))
        return [
            Part(
                str(targets[pk]),
                [
                    Cell(found.counts[step], self._url(Cut(step, target=pk)))
                    for step in LETTER_STEPS
                ],
            )
            for pk, found in ordered
            if pk
        ]  # fmt: skip

    def _days(self, days: int) -> list[Part]:
        dated = [one.day for one in self.found if one.day and one.count]
        if not dated:
            return []
        last = max(dated)
        first = max(min(dated), last - timedelta(days=days - 1))
        found = by_day(self.found, first, last)
        most = max(one.counts[Step.ACTED] for one in found.values())
        return [self._day(day, one, most) for day, one in found.items()]

    def _day(self, day: date, found: Funnel, most: int) -> Part:
        cells = [
            Cell(count, self._url(Cut(step, day=day)), 100 * count // most if most and step == Step.ACTED else 0)
            for step, count in found.counts.items()
        ]  # fmt: skip
        return Part(formats.date_format(day, "DATE_FORMAT"), cells)

    def _url(self, cut: Cut) -> str:
        return rows_url(self.campaign, cut) if self.may_open else ""


def _plain(funnel: Funnel) -> list[Cell]:
    return [Cell(count) for count in funnel.counts.values()]


def rows_url(campaign: Campaign, cut: Cut) -> str:
    """The list behind a number; what narrows it stands in the address."""
    asked = {"step": cut.step.value, "target": cut.target, "day": cut.day}
    if cut.chapter is not None:
        asked["chapter"] = cut.chapter
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return f"{reverse('campaigns:results_rows', args=[campaign.pk])}?{query}"


def tables(found: Results) -> list[Table]:
    """For a file: the funnel first, then its parts."""
    steps = [str(step.label) for step in Step]
    letters = [_("Letters"), str(Step.CONFIRMED.label), str(Step.ANSWERED.label)]
    lines = [(one.label, one.cell.count, one.rate, one.whole, one.meaning) for one in found.steps]
    return [
        Table(_("Funnel"), [_("Step"), _("People"), _("Rate"), _("Share"), _("What it means")], lines),
        Table(_("By chapter"), [_("Chapter"), *steps], _rows(found.by_chapter)),
        Table(_("By target"), [_("Target"), *letters], _rows(found.by_target)),
        Table(_("By day"), [_("Day"), *steps], _rows(found.by_day)),
    ]


def _rows(parts: Iterable[Part]) -> list[list[str | int]]:
    return [[part.label, *(cell.count for cell in part.cells)] for part in parts]
