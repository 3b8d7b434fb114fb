"""Research in the month's report: what was held, and what of it each reader sees."""

from datetime import date

from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.research.models import FindingUse
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, logged
from tests.factories.months import report_on
from tests.factories.research import conversation, finding

FEBRUARY = Window(date(2027, 2, 1), date(2027, 3, 1))


def counted(cast: Cast) -> tuple[object, dict[str, int]]:
    figure = METRICS["research"].count(Scope.of_chapter(cast.gulf_prairie), FEBRUARY)
    return figure.value, dict(figure.parts)


def test_activities_participants_and_findings_used_are_counted_and_restricted_ones_are_not(cast: Cast):
    used, unused = (finding(conversation(cast, participants=number)) for number in (12, 4))
    conversation(cast, participants=30, confidentiality="restricted")
    conversation(cast, participants=None)
    conversation(cast, participants=8, held_on=date(2027, 1, 31))
    secret = logged(cast.dana, [alma_reyes()], confidentiality="restricted")
    for row, fields in (
        (used, {"material": "A"}),
        (used, {"material": "B"}),
        (unused, {"interaction": secret}),
    ):
        FindingUse.objects.create(finding=row, used_on=TODAY, recorded_by=cast.dana, **fields)

    assert counted(cast) == (2, {"participants": 16, "findings_used": 1})


def test_the_report_lists_what_its_reader_may_read(cast: Cast):
    for level in ("shared", "chapter", "restricted"):
        conversation(cast, question=f"A {level} question", confidentiality=level)
    report = report_on(cast.gulf_prairie)
    pages = {
        name: browser_of(getattr(cast, name)).get(report.get_absolute_url()).content.decode()
        for name in ("dana", "angela")
    }

    assert {
        name: [f"A {level} question" in page for level in ("shared", "chapter", "restricted")]
        for name, page in pages.items()
    } == {"dana": [True, True, False], "angela": [True, False, False]}
