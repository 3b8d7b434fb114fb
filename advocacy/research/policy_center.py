"""What stands on the page of an issue: for a person with a role, and for a stranger where staff chose so.

A stranger reads what is approved and public: the society's own positions, the measures they are on, the analyses and
findings that staff chose, and the campaigns whose page is open to all.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.positions.models import Issue, Material, Position, Tracking
from advocacy.research import taking_part
from advocacy.research.models import Analysis, Finding, FindingUse, Lesson, UseKind
from legislation.models import Measure

_SHOWN = 20


@dataclass(frozen=True)
class Used:
    """A finding, and how often it was used where the reader may see it."""

    finding: Finding
    counts: Counter[UseKind]

    def in_words(self) -> str:
        """“Used in 2 materials, 1 testimony”."""
        said = [_counted(kind, self.counts[kind]) for kind in UseKind if self.counts[kind]]
        return _("Used in %(what)s") % {"what": ", ".join(said)} if said else _("Not used yet")


def _counted(kind: UseKind, number: int) -> str:
    words = {
        UseKind.MATERIAL: ngettext("%(n)d material", "%(n)d materials", number),
        UseKind.TESTIMONY: ngettext("%(n)d testimony", "%(n)d testimonies", number),
        UseKind.INTERACTION: ngettext("%(n)d interaction", "%(n)d interactions", number),
    }
    return words[kind] % {"n": number}


@dataclass(frozen=True)
class IssueContent:
    positions: list[Position]
    measures: list[Measure]
    analyses: list[Analysis]
    findings: list[Used]
    papers: list[Material]
    materials: list[FindingUse]
    lessons: list[Lesson]
    ways: list[taking_part.Way]


def for_reader(issue: Issue, user: User, language: str) -> IssueContent:
    held = Position.objects.visible_to(user).usable().filter(principles=issue)
    positions = _with_names(held)
    followed = Tracking.objects.visible_to(user).filter(issues=issue).order_by().values("measure")
    near = Measure.objects.visible_to(user).filter(
        Q(pk__in=followed) | Q(pk__in={row.measure_id for row in positions})
    )
    measures = list(near.select_related("session").order_by("pk")[:_SHOWN])
    about = Finding.objects.visible_to(user).filter(activity__issues=issue).select_related("activity")
    findings = used(list(about.order_by("-activity__held_on", "pk")[:_SHOWN]), user)
    uses = FindingUse.objects.visible_to(user).filter(finding__activity__issues=issue)
    papers = Material.objects.visible_to(user).usable()
    for_it = Q(issue=issue) | Q(pk__in=uses.order_by().values("material_on_file"))
    return IssueContent(
        positions=positions,
        measures=measures,
        analyses=list(
            Analysis.objects.visible_to(user)
            .current()
            .filter(issues=issue)
            .select_related("chapter")[:_SHOWN]
        ),
        findings=findings,
        papers=list(papers.filter(for_it)[:_SHOWN]),
        materials=_each_once(uses.exclude(material="")),
        lessons=list(Lesson.objects.visible_to(user).filter(issues=issue).select_related("chapter")[:_SHOWN]),
        ways=taking_part.ways([one.pk for one in measures], user, language),
    )


def for_strangers(issue: Issue, language: str) -> IssueContent:
    positions = _with_names(Position.objects.usable().filter(principles=issue, chapter=None))
    keys = {row.measure_id for row in positions}
    measures = Measure.objects.filter(pk__in=keys).select_related("session").order_by("pk")
    findings = Finding.objects.public().filter(activity__issues=issue).order_by("-activity__held_on", "pk")
    return IssueContent(
        positions=positions,
        measures=list(measures),
        analyses=list(Analysis.objects.public().filter(issues=issue).prefetch_related("citations")[:_SHOWN]),
        findings=[Used(one, Counter()) for one in findings[:_SHOWN]],
        papers=[],
        materials=[],
        lessons=[],
        ways=taking_part.ways(sorted(keys), None, language),
    )


def used(findings: list[Finding], user: User) -> list[Used]:
    """The findings with what became of them, in two queries for however many."""
    rows = FindingUse.objects.visible_to(user).filter(finding__in=findings)
    counts: dict[int, Counter[UseKind]] = {one.pk: Counter() for one in findings}
    for use in rows:
        counts[use.finding_id][use.kind] += 1
    return [Used(one, counts[one.pk]) for one in findings]


def _with_names(rows: QuerySet[Position]) -> list[Position]:
    found = rows.select_related("measure__session", "chapter")
    return list(found.order_by("-approved_on", "-pk")[:_SHOWN])


def _each_once(uses: Iterable[FindingUse]) -> list[FindingUse]:
    """A material told in words is one, however many findings stand in it."""
    return list({(use.material, use.link): use for use in uses}.values())[:_SHOWN]
