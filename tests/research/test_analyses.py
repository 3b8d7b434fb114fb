"""The life of a nonpartisan analysis."""

import uuid

import pytest

from advocacy.research import errors
from advocacy.research.actions import analyses
from advocacy.research.models import Analysis
from tests.cast import TODAY, Cast
from tests.factories.research import draft, published


def test_without_a_source_it_is_not_submitted(cast: Cast):
    row = draft(cast, sources=())

    with pytest.raises(errors.NeedsCitation):
        analyses.submit(row, by=cast.dana)
    assert Analysis.objects.get().status == "draft"


def test_the_author_does_not_publish_it(cast: Cast):
    row = draft(cast)
    analyses.submit(row, by=cast.dana)
    say = {"on": TODAY, "is_nonpartisan": True}
    for nobody in (cast.dana, cast.priya, cast.luis, cast.angela):
        with pytest.raises(errors.MayNotReview):
            analyses.publish(row, by=nobody, **say)

    analyses.publish(row, by=cast.chris, **say)

    row = Analysis.objects.get()
    assert (row.status, row.reviewer, row.published_on) == ("published", cast.chris, TODAY)


def test_the_reviewer_says_that_it_is_nonpartisan_or_what_should_change(cast: Cast):
    row = draft(cast)
    analyses.submit(row, by=cast.dana)
    with pytest.raises(errors.NeedsConfirmation):
        analyses.publish(row, by=cast.jordan, on=TODAY, is_nonpartisan=False)
    with pytest.raises(errors.NeedsReason):
        analyses.send_back(row, by=cast.jordan, remarks=" ")

    analyses.send_back(row, by=cast.jordan, remarks="Name the other side.")

    assert (row.status, row.remarks) == ("draft", "Name the other side.")
    with pytest.raises(errors.WrongMoment):
        analyses.publish(row, by=cast.jordan, on=TODAY, is_nonpartisan=True)


def test_a_published_text_is_not_changed_but_replaced(cast: Cast):
    first = published(draft(cast), cast.dana, reviewer=cast.jordan)
    with pytest.raises(errors.MayNotWrite):
        analyses.keep(first, by=cast.dana, citations=[])

    second = analyses.begin_version(first, by=cast.priya, form_key=uuid.uuid4())

    assert analyses.begin_version(first, by=cast.dana, form_key=uuid.uuid4()) == second
    assert (second.version, second.body, second.citations.count()) == (2, first.body, 1)
    assert list(Analysis.objects.current()) == [first]
    published(second, cast.priya, reviewer=cast.jordan)
    assert list(Analysis.objects.current()) == [second]


def test_a_draft_is_read_by_those_who_write_and_review_and_the_published_by_all(cast: Cast):
    row = draft(cast, by=cast.priya)
    names = ("priya", "dana", "chris", "angela", "jordan", "sam", "luis")

    def readers() -> set[str]:
        return {name for name in names if Analysis.objects.visible_to(getattr(cast, name)).exists()}

    assert readers() == {"priya", "dana", "chris", "angela", "jordan"}
    published(row, cast.priya, reviewer=cast.dana)
    assert readers() == set(names)
    assert not Analysis.objects.visible_to(cast.former).exists()


def test_the_societys_is_written_and_reviewed_by_the_lead_and_staff(cast: Cast):
    with pytest.raises(errors.MayNotWrite):
        draft(cast, chapter=None)
    row = draft(cast, by=cast.angela, chapter=None)
    analyses.submit(row, by=cast.angela)

    with pytest.raises(errors.MayNotReview):
        analyses.publish(row, by=cast.dana, on=TODAY, is_nonpartisan=True)
    analyses.publish(row, by=cast.jordan, on=TODAY, is_nonpartisan=True)
    assert row.holder == "Society"
