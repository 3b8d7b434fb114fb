"""Corrections and change sets meet: a set proposed before a correction, and one undone after it."""

from datetime import date, timedelta

import pytest

from legislation.actions import change_set_undo, change_sets, corrections
from legislation.actions.change_set_undo import CannotBeUndone
from legislation.actions.change_sets import RecordHasChanged
from legislation.models import Correction, CorrectionState, ImportChangeSet, Office, Tenure
from tests.factories.people import UserFactory
from tests.legislation.importing import TODAY, imported, in_office, official
from tests.legislation.proposing import NOON, SOURCE, new_number, newcomer, reviewed, waiting
from tests.legislation.record_dump import record_dump
from tests.legislation.test_import_openstates import retire
from tests.legislation.upstream import ALBA, BAO, STATES, copy_of, rewrite, texas

pytestmark = pytest.mark.django_db
OLD, OURS, THEIRS = "512-555-0131", "512-555-7777", "512-555-0888"


@pytest.fixture
def states(tmp_path):
    folder = copy_of(STATES, tmp_path)
    imported(SOURCE, folder)
    return folder


def corrected(row, **values) -> Correction:
    """Staff put these values of an imported row right."""
    stored = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    (made,) = corrections.correct(stored, row, by=UserFactory(), now=NOON, reason="They told us.")
    return made


def her_office() -> Office:
    return Office.objects.get(official__name="Alba Ferrante")


def his_term() -> Tenure:
    return Tenure.objects.get(official__name="Bảo Nguyễn", ends_on=None)


def applied() -> ImportChangeSet:
    return ImportChangeSet.objects.filter(state="applied").first()


def undo(change_set: ImportChangeSet) -> None:
    change_set_undo.undo(change_set, by=UserFactory(), now=NOON)


def test_a_set_that_would_end_a_term_is_not_approved_over_a_correction_made_since(states):
    retire(states, BAO, date(2026, 8, 1))
    reviewed(states)
    proposed = waiting()
    correction = corrected(his_term(), ends_on=date(2027, 6, 1))

    with pytest.raises(RecordHasChanged):
        change_sets.approve(proposed, by=UserFactory(), now=NOON)
    reviewed(states, on=TODAY + timedelta(days=1))

    correction.refresh_from_db()
    assert "Bảo Nguyễn" in in_office()
    assert correction.needs_review
    assert correction.source_last_said()["ends_on"] == date(2026, 8, 1)
    proposed.refresh_from_db()
    assert proposed.state == "superseded"


def test_a_set_about_somebody_else_is_approved_and_leaves_the_correction_alone(states):
    retire(states, BAO, date(2026, 8, 1))
    reviewed(states)
    correction = corrected(her_office(), phone=OURS)

    change_sets.approve(waiting(), by=UserFactory(), now=NOON)

    correction.refresh_from_db()
    assert "Bảo Nguyễn" not in in_office()
    assert her_office().phone == OURS
    assert not correction.needs_review


def test_approving_notes_what_the_source_says_of_a_corrected_fact_of_whoever_leaves(states):
    office = Office.objects.create(
        official=official("Bảo Nguyễn"), phone="512-555-0126", source=her_office().source, external_id="b-1"
    )
    correction = corrected(his_term(), title="Speaker")
    retire(states, BAO, date(2026, 8, 1))
    reviewed(states)

    change_sets.approve(waiting(), by=UserFactory(), now=NOON)

    correction.refresh_from_db()
    assert "Bảo Nguyễn" not in in_office()
    assert correction.corrected == {"title": "Speaker"}
    assert Tenure.objects.get(pk=correction.object_id).title == "Speaker"
    assert Office.objects.filter(pk=office.pk).exists()


def test_a_set_whose_row_was_corrected_since_is_not_undone_and_the_correction_stays(states):
    new_number(states, number=THEIRS)
    reviewed(states)
    correction = corrected(her_office(), phone=OURS)
    before = record_dump()

    with pytest.raises(CannotBeUndone, match="has been changed since"):
        undo(applied())

    correction.refresh_from_db()
    assert record_dump() == before
    assert (her_office().phone, correction.state) == (OURS, CorrectionState.IN_FORCE)


def test_a_set_about_other_rows_is_undone_and_the_correction_goes_on_holding(states):
    newcomer(states, "27")
    reviewed(states)
    correction = corrected(her_office(), phone=OURS)

    undo(applied())
    rewrite(texas(states) / ALBA, lambda content: content.update(birth_date="1970-03-09"))
    imported(SOURCE, states, on=TODAY + timedelta(days=1))

    correction.refresh_from_db()
    assert her_office().phone == OURS
    assert (correction.state, correction.needs_review) == (CorrectionState.IN_FORCE, False)


def test_undone_a_set_takes_its_news_back_and_the_next_import_brings_the_review_again(states):
    correction = corrected(her_office(), phone=OURS)
    new_number(states, number=THEIRS)
    newcomer(states, "27")
    reviewed(states)
    correction.refresh_from_db()
    assert correction.needs_review

    undo(applied())
    correction.refresh_from_db()
    assert (correction.needs_review, correction.source_now_says) == (False, None)
    imported(SOURCE, states, on=TODAY + timedelta(days=1))

    correction.refresh_from_db()
    assert her_office().phone == OURS
    assert correction.needs_review


def test_a_review_that_was_decided_keeps_the_set_that_brought_its_news(states):
    correction = corrected(her_office(), phone=OURS)
    new_number(states, number=THEIRS)
    newcomer(states, "27")
    reviewed(states)
    corrections.keep_ours(Correction.objects.get(pk=correction.pk), by=UserFactory(), now=NOON)

    with pytest.raises(CannotBeUndone):
        undo(applied())

    correction.refresh_from_db()
    assert (her_office().phone, correction.state) == (OURS, CorrectionState.KEPT)


def test_whoever_came_with_a_set_and_was_corrected_since_stays_with_it(states):
    newcomer(states, "27")
    reviewed(states)
    corrected(official("Nell Abara"), suffix="Jr.")

    with pytest.raises(CannotBeUndone):
        undo(applied())

    assert official("Nell Abara").suffix == "Jr."


def test_a_later_start_that_staff_put_right_does_not_make_the_next_file_look_old(states):
    tenure = Tenure.objects.get(official__name="Alba Ferrante")
    corrected(tenure, starts_on=date(2026, 8, 1))

    for number in (1, 2, 3):
        rewrite(
            texas(states) / ALBA,
            lambda content, number=number: content.update(birth_date=f"1970-03-{number:02}"),
        )
        report = imported(SOURCE, states, on=TODAY + timedelta(days=number))
        assert [one.status for one in report.outcomes] == ["applied"]

    starts = Tenure.objects.filter(official__name="Alba Ferrante").values_list("starts_on", flat=True)
    assert list(starts) == [date(2026, 8, 1)]


def test_another_start_from_the_source_is_reviewed_and_one_like_ours_agrees(states):
    tenure = Tenure.objects.get(official__name="Alba Ferrante")
    correction = corrected(tenure, starts_on=date(2021, 1, 12))

    def starts(day: str) -> None:
        rewrite(texas(states) / ALBA, lambda content: content["roles"][0].update(start_date=day))

    starts("2022-05-01")
    imported(SOURCE, states, on=TODAY + timedelta(days=1))
    correction.refresh_from_db()
    assert correction.needs_review
    starts("2021-01-12")
    imported(SOURCE, states, on=TODAY + timedelta(days=2))

    correction.refresh_from_db()
    assert not correction.needs_review
    rows = Tenure.objects.filter(official__name="Alba Ferrante").values_list("starts_on", flat=True)
    assert list(rows) == [date(2021, 1, 12)]


def test_an_earlier_term_that_begins_when_ours_does_is_not_written_twice(states):
    tenure = Tenure.objects.get(official__name="Alba Ferrante")
    corrected(tenure, starts_on=date(2021, 1, 12))

    def earlier_term(content):
        role = content["roles"][0]
        content["roles"].append(role | {"start_date": "2021-01-12", "end_date": date(2023, 1, 10)})

    rewrite(texas(states) / ALBA, earlier_term)
    imported(SOURCE, states, on=TODAY + timedelta(days=1))

    rows = Tenure.objects.filter(official__name="Alba Ferrante").values_list("starts_on", flat=True)
    assert list(rows) == [date(2021, 1, 12)]
