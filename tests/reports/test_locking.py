"""What was quoted to a board stays as it was: locked months, late additions, restatements (story A9)."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from advocacy.kernel.periods import Month
from advocacy.reports import numbers
from advocacy.reports.actions import locking
from advocacy.reports.errors import AlreadyLocked, NotAllowed, NotLocked, StillRunning
from advocacy.reports.metrics.scope import Scope
from advocacy.reports.models import IssuedDocument, PeriodLock, Snapshot
from advocacy.reports.national.issued import document_of
from legislation.models import Official
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, joint, met, story_of_february

MARCH = Month(2027, 3)
LOCKED_AT = datetime(2027, 3, 12, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    official = alma_reyes()
    story_of_february(cast, official)
    return official


def gulf(cast: Cast) -> Scope:
    return Scope.of_chapter(cast.gulf_prairie)


def lock_february(cast: Cast, clock) -> PeriodLock:
    clock.move_to(LOCKED_AT)
    return locking.lock(FEBRUARY, by=cast.angela, now=LOCKED_AT)


def test_a_later_entry_changes_the_year_and_not_the_locked_month(cast: Cast, reyes: Official, clock):
    lock_february(cast, clock)
    clock.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))

    february = numbers.compared(gulf(cast), FEBRUARY)[0]
    march = numbers.compared(gulf(cast), MARCH)[0]
    assert [one.text() for one in (february.now, february.to_date)] == ["4", "5"]
    assert [one.text() for one in (march.now, march.before, march.to_date)] == ["0", "4", "5"]
    late = numbers.late_additions(gulf(cast), MARCH)
    assert {str(month): rows.count() for month, rows in late.items()} == {"2027-02": 1}


def test_what_was_logged_before_the_lock_or_for_no_locked_month_is_not_late(
    cast: Cast, reyes: Official, clock
):
    clock.move_to(datetime(2027, 3, 11, 15, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))
    lock_february(cast, clock)
    met(cast, reyes, date(2027, 1, 26))
    met(cast, reyes, date(2027, 3, 5))

    assert numbers.late_additions(gulf(cast), MARCH) == {}


def test_a_restatement_counts_again_and_keeps_the_first_issue(cast: Cast, reyes: Official, clock):
    first = lock_february(cast, clock)
    file = locking.issued_file(first)
    clock.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))
    second = locking.restate(FEBRUARY, by=cast.angela, reason="A meeting was missing.", now=LOCKED_AT)

    assert (second.version, second.reason) == (2, "A meeting was missing.")
    assert numbers.figures_of(gulf(cast), FEBRUARY)["meaningful"].value == 5
    assert locking.issued_file(first) == file
    assert locking.issued_file(second) != file


def test_a_file_issued_again_is_the_same_to_the_byte(cast: Cast, reyes: Official, clock):
    row = lock_february(cast, clock)
    first = locking.issued_file(row)
    clock.move_to(datetime(2028, 1, 1, tzinfo=UTC))
    joint(cast, reyes, date(2027, 2, 20))
    cast.gulf_prairie.name = "Coastal Prairie"
    cast.gulf_prairie.save()

    with translation.override("fr"):
        assert locking.issued_file(PeriodLock.objects.get()) == first
    assert b"Gulf Prairie,meaningful,Meaningful interactions,1,4,,1," in first


def test_a_number_changed_behind_our_back_is_noticed(cast: Cast, reyes: Official, clock):
    row = lock_february(cast, clock)
    assert locking.is_untouched(row)

    one = Snapshot.objects.filter(lock=row, metric="meaningful").order_by("pk").first()
    assert one is not None
    Snapshot.objects.filter(pk=one.pk).update(figure=one.figure | {"value": 40})
    assert not locking.is_untouched(row)


def test_the_nation_is_issued_with_its_chapters_and_counts_the_shared_one_once(
    cast: Cast, reyes: Official, clock
):
    row = lock_february(cast, clock)
    values = {
        one.place: one.figure["value"]
        for one in row.snapshots.filter(metric="meaningful")
        if one.figure["value"]
    }

    assert values == {"Gulf Prairie": 4, "Hill Country": 1, "SHD": 4}


def test_a_month_is_locked_once(cast: Cast, reyes: Official, clock):
    lock_february(cast, clock)
    with pytest.raises(AlreadyLocked):
        locking.lock(FEBRUARY, by=cast.angela, now=LOCKED_AT)

    assert PeriodLock.objects.count() == 1


def test_a_month_that_still_runs_somewhere_is_not_locked(cast: Cast, reyes: Official):
    """At 06:30 UTC it is March in Chicago and still February in Vancouver."""
    with pytest.raises(StillRunning):
        locking.lock(FEBRUARY, by=cast.angela, now=datetime(2027, 3, 1, 6, 30, tzinfo=UTC))


def test_what_was_never_issued_cannot_be_restated(cast: Cast, reyes: Official):
    with pytest.raises(NotLocked):
        locking.restate(FEBRUARY, by=cast.angela, reason="Why not.", now=LOCKED_AT)


def test_issued_numbers_of_a_chapter_are_for_its_readers(cast: Cast, reyes: Official, clock):
    lock_february(cast, clock)
    readers = {
        name: set(Snapshot.objects.visible_to(getattr(cast, name)).values_list("place", flat=True))
        for name in ("dana", "luis", "sam", "tom")
    }

    assert readers == {
        "dana": {"Gulf Prairie"}, "luis": {"Hill Country"}, "sam": set(), "tom": {"Gulf Prairie", "Hill Country"}
    }  # fmt: skip


def test_an_advocate_issues_nothing(cast: Cast, reyes: Official):
    with pytest.raises(NotAllowed):
        locking.lock(FEBRUARY, by=cast.dana, now=LOCKED_AT)

    assert not PeriodLock.objects.exists()


def test_the_national_report_is_kept_in_both_languages_as_it_was_issued(cast: Cast, reyes: Official, clock):
    lock_february(cast, clock)
    before = {language: document_of(FEBRUARY, language, LOCKED_AT) for language in ("en", "fr")}
    clock.move_to(datetime(2028, 1, 1, tzinfo=UTC))
    joint(cast, reyes, date(2027, 2, 20))
    cast.gulf_prairie.name = "Coastal Prairie"
    cast.gulf_prairie.save()
    after = {
        language: document_of(FEBRUARY, language, datetime(2028, 1, 1, tzinfo=UTC))
        for language in ("en", "fr")
    }

    assert after == before
    assert [before[language].language for language in ("en", "fr")] == ["en", "fr"]
    assert "Gulf Prairie" in str(after["en"].block("chapters").rows)
    assert all(row.is_untouched for row in IssuedDocument.objects.all())


def test_a_restatement_issues_the_report_again_and_keeps_the_first(cast: Cast, reyes: Official, clock):
    first = lock_february(cast, clock)
    kept = first.documents.get(language="en").body
    clock.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
    met(cast, reyes, date(2027, 2, 26))
    locking.restate(FEBRUARY, by=cast.angela, reason="A meeting was missing.", now=LOCKED_AT)
    headline = document_of(FEBRUARY, "en", LOCKED_AT).block("headline").rows[0]

    assert headline[:2] == ["Meaningful interactions", "5"]
    assert first.documents.get(language="en").body == kept


def test_the_numbers_in_the_report_are_the_numbers_of_the_lock(cast: Cast, reyes: Official, clock):
    row = lock_february(cast, clock)
    table = document_of(FEBRUARY, "en", LOCKED_AT).block("chapters")
    told = {line[0]: line[4] for line in table.rows}
    kept = row.snapshots.filter(metric="meaningful", chapter__isnull=False)

    assert told == {one.place: one.figure["value"] for one in kept}


def test_a_report_changed_behind_our_back_is_noticed(cast: Cast, reyes: Official, clock):
    document = lock_february(cast, clock).documents.get(language="en")
    document.body["title"] = "Another report"

    assert not document.is_untouched
