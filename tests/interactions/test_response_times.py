"""How long offices take to answer us, and we them."""

from datetime import timedelta

import pytest

from advocacy.interactions import response_times
from advocacy.interactions.actions import followups
from advocacy.interactions.entry import Promise
from advocacy.interactions.models import CommitmentSide, FollowUp, FollowUpKind, MeetingRequest, Step
from advocacy.interactions.response_times import ResponseTime
from legislation.models import Official
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, logged
from tests.factories.requests import asked, took


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def answered(cast: Cast, official: Official, days: int, step: Step = Step.DECLINE) -> MeetingRequest:
    """Asked some days ago and answered today."""
    request = asked(cast.dana, official, requested_on=TODAY - timedelta(days=days))
    return took(request, step, by=cast.dana)


def theirs() -> ResponseTime:
    return response_times.theirs(MeetingRequest.objects.all())


def test_without_a_request_there_is_nothing_to_tell(cast: Cast):
    assert theirs() == ResponseTime(None, 0, 0, 0)
    assert not theirs().is_known


def test_the_median_counts_calendar_days_to_the_first_word(cast: Cast, reyes: Official):
    for days in (1, 4, 30):
        answered(cast, reyes, days, Step.REPLY)
    odd = theirs().days
    answered(cast, reyes, 7)

    assert (odd, theirs().days) == (4, 5.5)


def test_who_has_not_answered_is_told_beside_the_median_and_never_dropped(cast: Cast, reyes: Official):
    answered(cast, reyes, 3)
    asked(cast.dana, reyes)
    took(asked(cast.dana, reyes), Step.GIVE_UP, by=cast.dana)
    took(asked(cast.dana, reyes), Step.WITHDRAW, by=cast.dana)

    assert theirs() == ResponseTime(3, answered=1, waiting=1, unanswered=1)


def test_ours_counts_business_days_from_the_contact_to_the_promise_kept(cast: Cast, reyes: Official):
    friday = TODAY - timedelta(days=4)
    promises = [
        Promise(CommitmentSide.US, "Send the numbers", TODAY, FollowUpKind.SEND_INFORMATION, cast.dana),
        Promise(CommitmentSide.US, "Call back", TODAY, FollowUpKind.OTHER, cast.dana),
    ]
    logged(cast.dana, [reyes], occurred_on=friday, promises=promises)
    followups.complete(FollowUp.objects.get(text="Send the numbers"), by=cast.dana, on=TODAY)
    followups.complete(FollowUp.objects.get(kind=FollowUpKind.THANK_YOU), by=cast.dana, on=TODAY)

    # Friday to Tuesday; the thank-you was nobody's question.
    assert response_times.ours(FollowUp.objects.all()) == ResponseTime(2, answered=1, waiting=1)


def test_both_stand_on_the_profile_and_on_the_list(cast: Cast, reyes: Official):
    answered(cast, reyes, 4)
    asked(cast.dana, reyes)

    for page in (reyes.get_absolute_url(), "/log/requests/"):
        text = " ".join(browser_of(cast.dana).get(page).content.decode().split())
        assert "4 days" in text, page
        assert "1 answered, 1 waiting, 0 never answered." in text, page


def test_a_median_of_half_a_day_is_written(cast: Cast, reyes: Official):
    answered(cast, reyes, 4)
    answered(cast, reyes, 5)

    assert "4.5 days" in browser_of(cast.dana).get("/log/requests/").content.decode()


def test_a_profile_without_any_request_shows_no_times(cast: Cast, reyes: Official):
    assert "Response times" not in browser_of(cast.dana).get(reyes.get_absolute_url()).content.decode()


def test_requests_that_the_reader_may_not_see_do_not_count(cast: Cast, reyes: Official):
    answered(cast, reyes, 4)

    assert "Response times" not in browser_of(cast.ruth).get(reyes.get_absolute_url()).content.decode()
