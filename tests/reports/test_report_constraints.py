"""Each rule of the tables of reports and locked months, broken once."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.reports.models import ChapterReport, IssuedDocument, PeriodLock, Snapshot
from tests.cast import Cast
from tests.factories.months import report_on, submitted_at

NOW = datetime(2027, 3, 1, tzinfo=UTC)
Broken = Callable[[Cast], models.Model]


def _report(**fields: Any) -> Broken:
    def broken(cast: Cast) -> models.Model:
        row = report_on(cast.gulf_prairie)
        for name, value in fields.items():
            setattr(row, name, getattr(cast, value[1:]) if str(value).startswith("@") else value)
        return row

    return broken


def _submitted(cast: Cast, **fields: Any) -> ChapterReport:
    row = report_on(cast.gulf_prairie, **submitted_at(NOW, cast.dana))
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def _second_report(cast: Cast) -> models.Model:
    first = report_on(cast.gulf_prairie)
    return ChapterReport(chapter=cast.gulf_prairie, period=first.period, opened_at=NOW)


def _lock(cast: Cast, **fields: Any) -> PeriodLock:
    values = {"period": "2027-02", "locked_at": NOW, "locked_by": cast.angela, "checksum": "0" * 64}
    return PeriodLock(**(values | fields))


def _saved_lock(cast: Cast) -> PeriodLock:
    row = _lock(cast)
    row.save()
    return row


def _snapshot(cast: Cast, lock: PeriodLock, **fields: Any) -> Snapshot:
    values = {
        "place": "x",
        "metric": "meaningful",
        "title": "x",
        "definition_version": 1,
        "figure": {"value": 1},
    }
    return Snapshot(lock=lock, **(values | fields))


def _twice(**fields: str) -> Broken:
    def broken(cast: Cast) -> models.Model:
        lock = _saved_lock(cast)
        found = {name: getattr(cast, value) for name, value in fields.items()}
        _snapshot(cast, lock, **found).save()
        return _snapshot(cast, lock, **found)

    return broken


def _second_lock(cast: Cast) -> models.Model:
    _saved_lock(cast)
    return _lock(cast)


def _second_document(cast: Cast) -> models.Model:
    row = {"lock": _saved_lock(cast), "language": "en", "body": {}, "checksum": "0" * 64}
    IssuedDocument(**row).save()
    return IssuedDocument(**row)


BROKEN: dict[str, Broken] = {
    "reports_chapterreport_one_per_chapter_and_month": _second_report,
    "reports_chapterreport_period_is_a_month": _report(period="2027-13"),
    "reports_chapterreport_submission_says_who_and_when": _report(submitted_at=NOW),
    "reports_chapterreport_submitted_has_a_sentence": lambda cast: _submitted(cast, summary=""),
    "reports_chapterreport_decision_says_who_and_when": _report(decided_at=NOW),
    "reports_chapterreport_decided_state_has_a_decision": lambda cast: _submitted(cast, state="accepted"),
    "reports_chapterreport_returned_or_excused_has_a_reason": _report(
        state="excused", decided_at=NOW, decided_by="@angela"
    ),
    "reports_chapterreport_help_says_what_kind_and_from_whom": _report(help_wanted="A clinician."),
    "reports_chapterreport_story_says_whether_it_may_be_published": _report(story="A nurse told us."),
    "reports_chapterreport_hours_are_not_negative": _report(volunteer_hours=Decimal(-1)),
    "reports_periodlock_version_is_issued_once": _second_lock,
    "reports_periodlock_period_is_a_month": lambda cast: _lock(cast, period="2027-00"),
    "reports_periodlock_restatement_has_a_reason": lambda cast: _lock(cast, version=2),
    "reports_snapshot_one_number_per_chapter": _twice(chapter="gulf_prairie"),
    "reports_snapshot_one_number_for_all": _twice(),
    "reports_issueddocument_once_in_each_language": _second_document,
}


def test_every_rule_of_these_tables_is_broken_here():
    tables = (ChapterReport, PeriodLock, Snapshot, IssuedDocument)

    assert {rule.name for table in tables for rule in table._meta.constraints} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_and_the_form_refuse_it(cast: Cast, name: str):
    row = BROKEN[name](cast)
    (rule,) = [one for one in row._meta.constraints if one.name == name]

    with pytest.raises(ValidationError, match=str(rule.violation_error_message)):
        rule.validate(type(row), row)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
