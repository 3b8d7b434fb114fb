"""The page that is owed within a week."""

from datetime import date

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.research.models import ResearchActivity
from tests.cast import Cast
from tests.factories.research import conversation

FEBRUARY = Days(date(2027, 2, 1), date(2027, 2, 28))
RULE = reminder_rules["research.summary"]


def told(person: User, day: date = date(2027, 2, 12)) -> set[str]:
    periods = {one.period for one in RULE.due(FEBRUARY, RULE.offsets)}
    return {line.text for line in RULE.words(person, periods, day).values()}


def test_whoever_keeps_it_hears_two_days_before_and_after_a_week(cast: Cast):
    conversation(cast, last_on=date(2027, 2, 5))

    due = {(one.person_id, one.day) for one in RULE.due(FEBRUARY, RULE.offsets)}
    assert due == {(cast.dana.pk, date(2027, 2, day)) for day in (10, 13, 19)}
    assert told(cast.dana) == {
        "The summary of “What keeps people from video visits?” is due on Feb. 12, 2027"
    }
    assert told(cast.luis) == set()


def test_what_is_summarized_planned_or_moved_is_asked_for_no_more(cast: Cast):
    activity = conversation(cast)
    conversation(cast, participants=None)
    periods = {one.period for one in RULE.due(FEBRUARY, RULE.offsets)}
    assert len(periods) == 3

    ResearchActivity.objects.filter(pk=activity.pk).update(held_on=date(2027, 2, 1))
    assert RULE.words(cast.dana, periods, date(2027, 2, 12)) == {}
    ResearchActivity.objects.filter(pk=activity.pk).update(status="summarised", summary="Roads.")
    assert told(cast.dana) == set()


def test_a_mail_says_nothing_of_a_restricted_activity(cast: Cast):
    conversation(cast, confidentiality="restricted")

    assert all("video" not in text and "a restricted activity" in text for text in told(cast.dana))
    assert told(cast.dana)
