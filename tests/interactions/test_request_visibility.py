"""Who sees a meeting request, and what of it."""

from datetime import timedelta

import pytest

from advocacy.interactions.models import Confidentiality, MeetingRequest
from legislation.models import Official
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes
from tests.factories.requests import asked, held
from tests.interactions.test_meeting_requests import log_it


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


@pytest.fixture
def request_(cast: Cast, reyes: Official) -> MeetingRequest:
    """Dana asked Rep. Reyes for a meeting yesterday."""
    return asked(cast.dana, reyes, requested_on=TODAY - timedelta(days=1))


def test_requests_are_read_as_shared_records_are(cast: Cast, request_: MeetingRequest):
    readers = {
        who
        for who in (
            "dana", "priya", "chris", "tom", "angela", "jordan", "luis", "sam", "ruth", "elise", "pat", "former",
        )
        if MeetingRequest.objects.visible_to(getattr(cast, who)).exists()
    }  # fmt: skip

    assert readers == {"dana", "priya", "chris", "tom", "angela", "jordan", "luis"}


def test_a_member_sees_what_they_asked_for(cast: Cast, reyes: Official, request_: MeetingRequest):
    own = asked(cast.sam, reyes)

    assert list(MeetingRequest.objects.visible_to(cast.sam)) == [own]


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        (Confidentiality.SHARED, "logged"),
        (Confidentiality.CHAPTER, "held"),
        (Confidentiality.RESTRICTED, "held"),
    ],
)
def test_that_a_meeting_is_in_the_log_is_known_to_its_readers_only(
    cast: Cast, request_: MeetingRequest, level: str, seen: str
):
    log_it(held(request_, by=cast.dana), cast.dana, confidentiality=level)
    shown = {
        who: MeetingRequest.objects.with_shown_state(getattr(cast, who)).get().shown_state
        for who in ("dana", "luis")
    }

    assert shown == {"dana": "logged", "luis": seen}
