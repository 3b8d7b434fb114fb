"""Verbs for tests of the importer: `imported("canada-mps", folder)`."""

from datetime import UTC, date, datetime
from pathlib import Path

from legislation.actions import record_import
from legislation.actions.record_import import Outcome, Report
from legislation.models import Official, Tenure

# The day the staged data speaks of.
TODAY = date(2026, 8, 22)


def imported(source: str, path: Path, *, on: date = TODAY, **options: bool | Path) -> Report:
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return record_import.run(source=source, path=path, now=now, **options)


def only(report: Report) -> Outcome:
    """The one jurisdiction of a run."""
    (outcome,) = report.outcomes
    return outcome


def happened(report: Report) -> dict[str, list[str]]:
    """Who left, joined, moved …, by name; kinds of which there were none are left out."""
    found: dict[str, list[str]] = {}
    for outcome in report.outcomes:
        for kind, people in outcome.happenings.items():
            if people:
                found.setdefault(kind, []).extend(one["name"] for one in people)
    return found


def official(name: str) -> Official:
    return Official.objects.get(name=name)


def in_office(on: date = TODAY) -> list[str]:
    return sorted(Official.objects.in_office(on).values_list("name", flat=True))


def tenures_of(name: str) -> list[tuple[str, date | None, date | None, bool]]:
    rows = Tenure.objects.filter(official__name=name).order_by("starts_on", "pk")
    return list(rows.values_list("seat__label", "starts_on", "ends_on", "end_is_expected"))
