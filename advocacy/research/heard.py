"""An activity as a reader gets it: every number and every word has passed through `suppression`."""

from dataclasses import dataclass
from itertools import groupby

from advocacy.accounts.models import User
from advocacy.research import policy_center, suppression
from advocacy.research.models import Finding, ParticipantGroup, Quote, ResearchActivity, Theme


@dataclass(frozen=True)
class Table:
    """A breakdown by one dimension."""

    title: str
    cells: list[suppression.Cell]


@dataclass(frozen=True)
class ThemeLine:
    theme: Theme
    raised_by: int | None


@dataclass(frozen=True)
class Heard:
    """`why_not` is the explanation where quotes and breakdowns are not shown; empty where they are."""

    why_not: str
    who_took_part: str
    tables: list[Table]
    themes: list[ThemeLine]
    quotes: list[Quote]
    findings: list[policy_center.Used]
    notes: list[tuple[str, str]]

    @property
    def hides_cells(self) -> bool:
        return any(cell.number is None for table in self.tables for cell in table.cells)


def heard_in(activity: ResearchActivity, user: User) -> Heard:
    is_hidden = activity.is_suppressed
    themes = Theme.objects.visible_to(user).filter(activity=activity).select_related("issue")
    findings = Finding.objects.visible_to(user).filter(activity=activity)
    return Heard(
        why_not=suppression.why() if is_hidden and activity.participants else "",
        who_took_part="" if is_hidden else activity.who_took_part,
        tables=_tables(activity, user),
        themes=[
            ThemeLine(one, suppression.frequency(activity.participants, one.raised_by)) for one in themes
        ],
        quotes=list(Quote.objects.visible_to(user).filter(activity=activity)),
        findings=policy_center.used(list(findings), user),
        notes=activity.noted(),
    )


def _tables(activity: ResearchActivity, user: User) -> list[Table]:
    groups = ParticipantGroup.objects.visible_to(user).filter(activity=activity)
    return [
        Table(
            label, suppression.breakdown(activity.participants or 0, [(one.label, one.count) for one in rows])
        )
        for label, rows in groupby(groups, key=lambda one: one.get_dimension_display())
    ]


def evidence_of(finding: Finding) -> str:
    """What a finding rests on speaks of participants."""
    return "" if finding.activity.is_suppressed else finding.evidence
