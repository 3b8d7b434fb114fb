"""Touches with partners in the reports: counted apart from meaningful interactions, and never the restricted ones."""

from datetime import date

import pytest

from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from tests.cast import Cast, browser_of
from tests.factories.months import FEBRUARY, report_on
from tests.factories.partners import coalition_of, grasstop, touched

WINDOW = Window.of(FEBRUARY)


@pytest.fixture
def february(cast: Cast) -> None:
    """A meeting of the coalition, a call with a contact; two restricted ones, one of January, one of a neighbour."""
    coalition, contact = coalition_of(cast), grasstop(cast)
    touched(coalition, by=cast.dana, kind="coalition", confidentiality="shared", summary="Who speaks.")
    touched(contact, by=cast.dana, summary="Between us.")
    touched(contact, by=cast.dana, confidentiality="restricted", summary="A secret.")
    touched(grasstop(cast, "Kim", confidentiality="restricted"), by=cast.dana)
    touched(contact, by=cast.dana, on=date(2027, 1, 31))
    touched(grasstop(cast, "Lee", by=cast.luis, chapter=cast.hill_country), by=cast.luis)


def test_the_touches_of_a_month_counted_by_hand(cast: Cast, february: None):
    touches = METRICS["touches"]
    ours = Scope.of_chapter(cast.gulf_prairie)

    assert touches.count(ours, WINDOW) == Figure(Unit.COUNT, 2, parts={"meetings": 1, "grasstops": 1})
    assert touches.count(Scope.of_nation("SHD", "America/Chicago"), WINDOW).value == 3
    assert METRICS["meaningful"].count(ours, WINDOW).value == 0
    both = Scope.of_chapters([cast.gulf_prairie, cast.hill_country], "Both", "America/Chicago")
    assert [one.value for one in touches.count_by_chapter(both, WINDOW).values()] == [2, 1]


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("dana", {"Who speaks.", "Between us."}),
        ("tom", {"Who speaks.", "Between us."}),
        ("angela", {"Who speaks."}),
    ],
)
def test_the_report_of_the_month_tells_each_reader_what_they_may_read(
    cast: Cast, february: None, who: str, shown: set[str]
):
    report = report_on(cast.gulf_prairie)
    browser = browser_of(getattr(cast, who))
    page = browser.get(report.get_absolute_url()).content.decode()
    rows = browser.get(f"{report.get_absolute_url()}rows/touches/")

    assert {words for words in ("Who speaks.", "Between us.", "A secret.") if words in page} == shown
    assert ("1 record counted that you may not read." in page) == (who == "angela")
    assert rows.status_code == 200
    assert len(rows.context["page"].rows) == len(shown)
